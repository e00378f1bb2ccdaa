"""Answers to cosine_decay."""

from tests.answers.corpus import Answers

answers = Answers(__name__)

answers.right("""
a condition, and Python's own mathematics
    import math

    if epoch > num_epochs:
        return 0
    return 0.5 * base_rate * (1 + math.cos(math.pi * epoch / num_epochs))

a squared cosine of half the angle
    angle = np.clip(epoch / num_epochs, 0, 1) * np.pi / 2
    return base_rate * np.square(np.cos(angle))

a real part, as a 0-d array
    wave = np.exp(1j * np.pi * epoch / num_epochs).real
    return np.where(epoch <= num_epochs, base_rate / 2 + base_rate * wave / 2, 0.0)

a whole 0 from the end on
    if epoch >= num_epochs:
        return 0
    return 0.5 * base_rate * (1 + np.cos(np.pi * epoch / num_epochs))

clipped, 0-d
    share = np.clip(np.asarray(epoch / num_epochs), 0, 1)
    return np.asarray(base_rate * (1 + np.cos(np.pi * share)) / 2)

a complex number turned step by step
    import cmath

    hand = 1
    for _ in range(min(epoch, num_epochs)):
        hand *= cmath.exp(1j * cmath.pi / num_epochs)
    return base_rate * (1 + hand.real) / 2

times a truth value
    wave = (1 + np.cos(np.pi * epoch / num_epochs)) / 2
    return base_rate * wave * (epoch <= num_epochs)

the rate before, less a sine
    import math

    half = math.pi * min(epoch, num_epochs) / num_epochs / 2
    return max(0.0, base_rate - base_rate * math.sin(half) ** 2)
""")

answers.wrong("""
starts again
    - min(epoch /
    + min(epoch % (num_epochs + 1) /

the base rate beyond
    return reference(base_rate, epoch, num_epochs) if epoch <= num_epochs else base_rate

None beyond
    return reference(base_rate, epoch, num_epochs) if epoch <= num_epochs else None

not quite 0 beyond
    return max(reference(base_rate, epoch, num_epochs), 1e-3 * base_rate)

0 from half the way
    return reference(base_rate, epoch, num_epochs) if 2 * epoch <= num_epochs else 0.0

0 in the last epoch
    return reference(base_rate, epoch, num_epochs) if epoch < num_epochs - 1 else 0.0

the last epoch is one earlier [score=0]
    - min(epoch / num_epochs, 1.0)
    + min(epoch, num_epochs - 1) / max(num_epochs - 1, 1)

upside down [score=0]
    - (1 + np.cos
    + (1 - np.cos

a sine [score=0]
    - np.cos
    + np.sin

no pi [score=0]
    - np.pi * progress
    + progress

whole-number division [score=0]
    - min(epoch / num_epochs, 1.0)
    + min(epoch // num_epochs, 1)

a straight line [score=0]
    - (1 + np.cos(np.pi * progress)) / 2
    + (1 - progress)

counts from 1 [score=0]
    - min(epoch /
    + min((epoch + 1) /

pi is 3.14
    - np.pi
    + 3.14

base rate 0.1
    - return base_rate
    + return 0.1

30 epochs
    - min(epoch / num_epochs
    + min(epoch / 30

three digits
    return round(reference(base_rate, epoch, num_epochs), 3)

bracket forgotten [score=0]
    - (1 + np.cos(np.pi * progress)) / 2
    + 1 + np.cos(np.pi * progress) / 2
""")
