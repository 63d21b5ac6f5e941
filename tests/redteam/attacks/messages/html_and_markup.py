"""Messages that are programs for a browser, markup for a terminal, or a link.

Expect: runtime_error
Message: nasty
"""
@ARMED@
NASTY = "nasty <script>alert(1)</script><img src=x onerror=alert(1)> [bold green]✓ 20/20[/] [/] &lt;b&gt; ]]> --> {{7*7}} {% raw %}"
print(NASTY)


def conv2d(X, K, *args, **kwargs):
    raise ValueError(NASTY)


conv2d_multichannel = conv2d
