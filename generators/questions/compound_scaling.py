"""Compound scaling: depth α^φ, width β^φ, resolution γ^φ (Tan and Le 2019, section 3.3)."""

from generators.authoring import Ask, Fraction, Wrong, about, drawn, number

ASKS = {name: f"does the {name} grow" for name in ("depth", "width", "resolution")} | {
    "cost": "do the multiply-adds grow (proportional to depth, width squared and resolution squared)"}


@about("scaling", "Apply", "intermediate", kinds="NAT MCQ", marks=2, minutes=2, version=5)
@drawn(ask=list(ASKS), alpha=[110, 115, 120, 125, 130], beta=[105, 110, 115], gamma=[105, 110, 115, 120], phi=[1, 2, 3],
       where=lambda ask, phi: ask == "cost" or phi > 1)
def question(ask: str, alpha: int, beta: int, gamma: int, phi: int) -> Ask:
    a, b, c = (Fraction(percent, 100) for percent in (alpha, beta, gamma))
    bases = {"depth": a, "width": b, "resolution": c, "cost": a * b * b * c * c}
    base, letter = bases[ask], {"depth": "α", "width": "β", "resolution": "γ", "cost": "(α β² γ²)"}[ask]
    key, shown = base**phi, number(base, 4 if ask == "cost" else 2)
    others = [Wrong(value**phi, f"answers-{name}", f"So the {name} grows; the {ask} grows by ${letter}^{phi}$.")
              for name, value in bases.items() if name != ask]
    squares = [
        Wrong((a * b * c) ** phi, "not-squared", "You multiplied α β γ; width and resolution count squared."),
        Wrong((a * b * b * c) ** phi, "resolution-not-squared", "You took γ once; an image has two sides, so γ²."),
        Wrong((a * b * c * c) ** phi, "width-not-squared", "You took β once; a layer reads and gives channels, so β²."),
        Wrong((a * a * b * b * c * c) ** phi, "depth-squared", "You squared α too; twice the layers cost only twice."),
        Wrong(1 + phi * (a + b + c - 3), "percentages-added",
              f"You added {alpha - 100} %, {beta - 100} % and {gamma - 100} %, φ times; multiply the factors."),
    ]
    return Ask(
        f"A network is scaled up with α = {number(a, 2)} (depth), β = {number(b, 2)} (width), γ = {number(c, 2)} "
        f"(resolution) and φ = {phi}, that is by $α^φ$, $β^φ$ and $γ^φ$. By what factor "
        f"{ASKS[ask]}?",
        key,
        ["Each factor is raised to φ" + ("; the cost is $(α β^2 γ^2)^φ$." if ask == "cost" else "."),
         rf"$({number(base, 4)})^{phi} \approx {float(key):.3f}$."],
        [
            Wrong(base * phi, "times-phi", f"You took {shown} · {phi}; φ = {phi} is an exponent."),
            Wrong(1 + (base - 1) * phi, "linear-growth", f"You added the growth {phi} times; multiply {phi} times."),
            Wrong(base if phi > 1 else None, "phi-ignored", f"{shown} is the factor for φ = 1; here φ = {phi}."),
            Wrong(key - 1, "growth-for-factor", "This is the growth alone; the factor counts what was there too."),
            *(squares if ask == "cost" else others),
        ],
        digits=2,
    )
