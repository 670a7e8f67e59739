"""Expected tails and quantiles of t, F and beta to 40 digits, where R itself loses digits (its qf, qt and pf(log.p = TRUE) far out).

Run in this folder: python tails.py. Written with Python 3.11, mpmath 1.4.1. Each row: arguments, then the value.
"""
import itertools, json
import mpmath as mp

mp.mp.dps = 40


def lower(x, a, b):
    """I_x(a, b)."""
    return mp.betainc(a, b, 0, x, regularized=True)


def f_tails(f, a, b):
    f, a, b = mp.mpf(f), mp.mpf(a), mp.mpf(b)
    return lower(a * f / (a * f + b), a / 2, b / 2), lower(b / (a * f + b), b / 2, a / 2)


def t_upper(t, df):
    t, df = mp.mpf(t), mp.mpf(df)
    return lower(df / (t * t + df), df / 2, mp.mpf(1) / 2) / 2


def solve(log_tail, target, rising):
    """The u with log_tail(exp(u)) = target, by bisection on u = ln f."""
    low, high = mp.mpf(-800), mp.mpf(800)
    while high - low > mp.mpf(10) ** -25:
        middle = (low + high) / 2
        if (log_tail(mp.e ** middle) < target) == rising:
            low = middle
        else:
            high = middle
    return mp.e ** low


def t_quantile(p, df):
    if p == 0.5:
        return mp.mpf(0)
    tail = mp.mpf(p) if p < 0.5 else 1 - mp.mpf(p)
    t = solve(lambda t: mp.log(t_upper(t, df)), mp.log(tail), False)
    return -t if p < 0.5 else t


def f_quantile(p, a, b):
    return solve(lambda f: f_tails(f, a, b)[0], mp.mpf(p), True)


def f_upper_quantile(p, a, b):
    return solve(lambda f: mp.log(f_tails(f, a, b)[1]), mp.log(mp.mpf(p)), False)


def rows(function, *values):
    return [[*args, float(function(*args))] for args in itertools.product(*values)]


dfs = [0.7, 1, 3, 7.5, 30, 81, 1000]
tables = {
    "studentTwoSided": rows(lambda t, df: 2 * t_upper(t, df) if t else mp.mpf(1), [0, 1e-8, 0.01, 0.499, 0.5, 1, 2, 5, 12, 40, 300], dfs),
    "studentQuantile": rows(t_quantile, [1e-100, 1e-40, 1e-9, 0.0001, 0.025, 0.2, 0.49, 0.4999, 0.5, 0.51, 0.8, 0.975, 0.99999], [1, 3, 7.5, 30, 81, 1000]),
    "fUpper": rows(lambda *a: f_tails(*a)[1], [1e-6, 0.05, 0.9, 1, 3, 40, 5000], [1, 4, 77.5], [1, 3.7, 50, 2000]),
    "fCdf": rows(lambda *a: f_tails(*a)[0], [1e-9, 0.05, 0.9, 3, 40], [1, 4, 77.5], [1, 3.7, 50]),
    "fQuantile": rows(f_quantile, [1e-6, 0.05, 0.5, 0.9, 0.9999], [1, 4, 77.5], [1, 3.7, 50]),
    "fUpperQuantile": rows(f_upper_quantile, [1e-30, 1e-9, 0.05, 0.5, 0.9], [1, 4, 77.5], [3.7, 50]),
    "logFUpper": rows(lambda *a: mp.log(f_tails(*a)[1]), [0.5, 30, 1e5], [2, 77], [3.7, 300, 4000]),
    "logStudentUpper": rows(lambda *a: mp.log(t_upper(*a)), [0, 1, 30, 500], [3, 81, 900, 20000]),
    "studentUpperQuantile": rows(lambda p, df: solve(lambda t: mp.log(t_upper(t, df)), mp.mpf(p), False), [-0.7, -5, -100, -700, -900], [3, 81, 900]),
}
with open("tails.json", "w") as file:
    json.dump(tables, file)
