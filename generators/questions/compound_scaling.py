"""Compound scaling: depth α^φ, width β^φ, resolution γ^φ (Tan and Le 2019, section 3.3)."""

from generators.authoring import Ask, Fraction, Slips, Wrong, about, drawn, number

ASKS = {
    "depth": "By what factor does the depth grow",
    "width": "By what factor does the width grow",
    "resolution": "By what factor does the resolution grow",
    "cost": "By what factor do the multiply-adds grow (proportional to depth, width squared and resolution squared)",
}


@about("scaling", "Apply", "intermediate", kinds="NAT MCQ", marks=2, minutes=2, version=2)
@drawn(ask=list(ASKS), alpha=[110, 115, 120, 125, 130], beta=[105, 110, 115], gamma=[105, 110, 115, 120], phi=[1, 2, 3],
       where=lambda ask, phi: ask == "cost" or phi > 1)
def question(ask: str, alpha: int, beta: int, gamma: int, phi: int) -> Ask:
    a, b, c = (Fraction(percent, 100) for percent in (alpha, beta, gamma))
    bases = {"depth": a, "width": b, "resolution": c, "cost": a * b * b * c * c}
    base = bases[ask]
    key = base**phi
    slips: Slips = {
        "cost": [((a * b * c) ** phi, "not-squared"), ((a * b * b * c) ** phi, "resolution-not-squared"),
                 ((a * b * c * c) ** phi, "width-not-squared"), (1 + phi * (a + b + c - 3), "percentages-added"),
                 ((a * a * b * b * c * c) ** phi, "depth-squared")]
    }
    others = [(value**phi, f"answers-{name}") for name, value in bases.items() if name != ask]
    shared = [(base * phi, "times-phi"), (1 + (base - 1) * phi, "linear-growth"),
              (base if phi > 1 else base**2, "phi-ignored" if phi > 1 else "phi-one-too-high")]
    why = "Each factor is raised to φ" + ("; the cost is (α β² γ²)^φ." if ask == "cost" else ".")
    return Ask(
        f"A network is scaled up with α = {number(a, 2)} (depth), β = {number(b, 2)} (width), γ = {number(c, 2)} "
        f"(resolution) and φ = {phi}, that is by α^φ, β^φ and γ^φ. {ASKS[ask]}?",
        key,
        [why, rf"$({number(base, 4)})^{phi} \approx {float(key):.3f}$."],
        [Wrong(value, slug, why) for value, slug in shared + slips.get(ask, others)],
        digits=2,
    )
