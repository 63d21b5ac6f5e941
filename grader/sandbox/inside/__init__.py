"""What runs inside the sandbox: the standard library, NumPy and torch, and nothing of ours."""
