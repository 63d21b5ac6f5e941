"""torch inside, tensors returned; the model ends rewound; masks only for what can be pruned."""
import torch


@torch.no_grad()
def prune_smallest(weights, masks, fraction=0.2):
    result = {}
    for name, mask in masks.items():
        weight = torch.as_tensor(weights[name])
        mask = torch.as_tensor(mask).bool().clone()
        if weight.dim() > 1:
            k = int(fraction * mask.sum().item())
            size = weight.abs().double().masked_fill(~mask, float("inf")).flatten()
            mask.view(-1)[torch.topk(size, k, largest=False).indices] = False
        result[name] = mask
    return result


@torch.no_grad()
def _rewind(model, start, masks):
    for name, p in model.named_parameters():
        p.data = start[name].clone()
        if name in masks:
            p.data[~masks[name]] = 0.0


def lottery_ticket(model, train_fn, rounds, fraction=0.2):
    start = {name: p.data.clone() for name, p in model.named_parameters()}
    masks = {name: torch.ones_like(v, dtype=torch.bool) for name, v in start.items() if v.dim() > 1}
    tickets = []
    while len(tickets) < rounds:
        _rewind(model, start, masks)
        train_fn(model)
        masks = prune_smallest({n: p.detach() for n, p in model.named_parameters() if n in masks}, masks, fraction)
        tickets.append(masks)
    _rewind(model, start, masks)
    return tickets
