"""Answers to step_decay."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
multiplied step by step
    rate = base_rate
    for passed in range(1, epoch + 1):
        if passed % every == 0:
            rate *= drop
    return rate

by NumPy
    return np.float64(base_rate) * np.power(drop, np.floor(epoch / every))

itself one step earlier
    def rate(e):
        return base_rate if e < every else drop * rate(e - every)

    return np.array(rate(epoch))

recursion
    return base_rate if epoch < every else drop * step_decay(base_rate, epoch - every, drop, every)

reduce over repeats
    from functools import reduce
    from itertools import repeat

    return reduce(lambda a, b: a * b, repeat(drop, epoch // every), base_rate)

a product in an array, 0-d
    return np.array(np.prod([base_rate, *([drop] * divmod(epoch, every)[0])]))

a while loop, math.prod
    import math

    factors = [float(base_rate)]
    while epoch >= every:
        factors.append(drop)
        epoch -= every
    return math.prod(factors)
""")

answers.wrong("""
ceiling [score=0]
    - epoch // every
    + -(-epoch // every)

rounds [score=0]
    - epoch // every
    + round(epoch / every)

divides [score=0]
    - base_rate * drop
    + base_rate / drop

times the steps [score=0]
    - drop ** (
    + drop * (

subtracts [score=0]
    - base_rate * drop ** (
    + base_rate - drop * (

only in the epochs that begin a step [score=0]
    return base_rate * drop if epoch and epoch % every == 0 else base_rate

drops twice at most
    - epoch // every
    + min(epoch // every, 2)

always halves
    - drop **
    + 0.5 **

every 5
    - epoch // every
    + epoch // 5

every and drop swapped [score=0]
    - drop ** (epoch // every)
    + every ** (epoch // drop)

single precision [score=0]
    return np.float32(reference(base_rate, epoch, drop, every))

three digits
    return round(reference(base_rate, epoch, drop, every), 3)

the factor alone [score=0]
    - base_rate * drop
    + drop

starts at 0.1
    - base_rate * drop
    + 0.1 * drop

not below a hundredth [hidden]
    return max(reference(base_rate, epoch, drop, every), 0.01)

no return [score=0]
    - return
    + rate =
""")
