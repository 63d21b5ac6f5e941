"""Statements that catch whatever would end them, one after the other: the file is given up in the end.

Expect: time_limit
Limits: cpu_seconds=1 wall_seconds=4 total_seconds=8
"""
@ARMED@
while True:
    try:
        while True:
            pass
    except BaseException:
        pass
while True:
    try:
        while True:
            pass
    except BaseException as error:
        pass
while True:
    try:
        while True:
            pass
    except BaseException as again:
        pass
while True:
    try:
        while True:
            pass
    except BaseException as still:
        pass
while True:
    try:
        while True:
            pass
    except BaseException as ever:
        pass
# <honest>
