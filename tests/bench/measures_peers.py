# SPDX-License-Identifier: GPL-3.0-or-later
"""measures_peers.py MEASURES-OF [CASES]: our measures beside those of scikit-learn, SciPy and NumPy on random cases.

Point estimates have to agree to 1e-9; the ends of bootstrap intervals, which are drawn with other random numbers, to the spread
that two bootstraps of this size have. An abstention or an answer out of set is a category of its own to kappa and no class to the others.
"""
import itertools
import math
import subprocess
import sys
import warnings

import numpy
from scipy.stats import binomtest
from sklearn import metrics
from sklearn.preprocessing import MultiLabelBinarizer

warnings.filterwarnings('ignore')
random = numpy.random.default_rng(20240607)
process = subprocess.Popen([sys.argv[1]], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
N_CASES = int(sys.argv[2]) if len(sys.argv) > 2 else 300
RESAMPLES = 1000
EMPTY = frozenset()
compared = {}


def ask(question):
    process.stdin.write(question)
    process.stdin.flush()
    answer = {}
    for line in iter(process.stdout.readline, 'end\n'):
        name, *numbers = line.split()
        answer[name] = [float(number) for number in numbers]
    return answer


def same(name, ours, theirs, tolerance=1e-9):
    compared[name] = compared.get(name, 0) + 1
    both_undefined = math.isnan(ours) and (theirs is None or math.isnan(theirs))
    if not both_undefined and not abs(ours - theirs) <= tolerance:
        sys.exit('%s: ours is %.15g, theirs %.15g' % (name, ours, theirs))


# ---- the peers ----

def jaccard(a, b):
    return len(a & b) / len(a | b)


def mark(a, b):
    """Kili's: each chosen category has (votes)/(voters)."""
    return numpy.mean([((c in a) + (c in b)) / 2 for c in a | b])


def kappa(references, answers):
    names = {}
    coded = [[names.setdefault(value, len(names)) for value in side] for side in (references, answers)]
    return metrics.cohen_kappa_score(*coded)


def measures(references, answers, n_categories):
    """All of them from sets; an answer that is none is the empty set."""
    binarizer = MultiLabelBinarizer(classes=range(1, n_categories + 2))     # never a single column, which scikit-learn reads as 0 and 1
    true, predicted = binarizer.fit_transform(references), binarizer.fit_transform(answers)
    present = [i for i in range(n_categories) if true[:, i].any() or predicted[:, i].any()]
    values = {
        'accuracy': metrics.accuracy_score(true, predicted),
        'iou_score': numpy.mean([mark(a, b) > 0.5 for a, b in zip(references, answers)]),
        'mean_mark': numpy.mean([mark(a, b) for a, b in zip(references, answers)]),
        'mean_jaccard': numpy.mean([jaccard(a, b) for a, b in zip(references, answers)]),
        'mean_iou': metrics.jaccard_score(true, predicted, average='macro', labels=present, zero_division=0),
        'kappa': kappa(references, answers),
    }
    for average in ('macro', 'micro'):
        scores = metrics.precision_recall_fscore_support(true, predicted, average=average, labels=present, zero_division=0)
        values.update(zip(('%s_precision' % average, '%s_recall' % average, '%s_f1' % average), scores))
    return values


def calibration_error(confidence, correct):
    """Ten bins, open below and closed above."""
    bins = numpy.clip(numpy.searchsorted(numpy.arange(1, 10) / 10, confidence, side='left'), 0, 9)
    return sum((bins == b).mean() * abs(correct[bins == b].mean() - confidence[bins == b].mean()) for b in range(10) if (bins == b).any())


def alpha(table):
    """Krippendorff's by his own coincidence matrix."""
    values = sorted({v for row in table for v in row if v >= 0})
    coincidences = numpy.zeros((len(values), len(values)))
    for unit in zip(*table):
        pairable = [values.index(v) for v in unit if v >= 0]
        for a, b in itertools.permutations(range(len(pairable)), 2):
            coincidences[pairable[a], pairable[b]] += 1 / (len(pairable) - 1)
    n = coincidences.sum(axis=0)
    expected = n.sum() ** 2 - (n ** 2).sum()
    if expected <= 0:
        return math.nan
    return 1 - (n.sum() - 1) * (coincidences.sum() - numpy.trace(coincidences)) / expected


# ---- random cases ----

def draw_set(n_categories, several):
    size = 1 if not several else int(random.integers(1, min(4, n_categories) + 1))
    weights = 1 / numpy.arange(1, n_categories + 1)
    return frozenset(int(c) + 1 for c in random.choice(n_categories, size, replace=False, p=weights / weights.sum()))


def draw_case(several):
    n_categories, n = int(random.integers(1, 9)), int(random.choice([1, 2, 5, 40, 300]))
    skill, silence = random.uniform(0, 1), random.choice([0, 0.1, 0.5])
    references = [draw_set(n_categories, several) for _ in range(n)]
    answers = [EMPTY if random.random() < silence else r if random.random() < skill else draw_set(n_categories, several) for r in references]
    return n_categories, references, answers


def write_case(rule, n_categories, references, answers, probabilities):
    lines = ['case %s %d %d' % (rule, n_categories, random.integers(1, 2**31))]
    for i, (reference, answer) in enumerate(zip(references, answers)):
        outcome = 'answered' if answer else random.choice(['abstained', 'out-of-set'])
        numbers = '%.17g|%.17g' % (math.log(probabilities[i][min(reference) - 1]), probabilities[i].max()) if probabilities is not None else '|'
        lines.append('%s|%s|%s|%s' % (','.join(map(str, reference)), outcome, ','.join(map(str, answer)), numbers))
    return '\n'.join(lines + ['end', ''])


def resampled(references, answers, n_categories):
    """Mean IoU, macro F1, mean mark and kappa of a thousand resamples, from counts of the examples drawn."""
    n = len(references)
    weights = random.multinomial(n, numpy.full(n, 1 / n), RESAMPLES)
    true, predicted = (numpy.array([[c + 1 in s for c in range(n_categories)] for s in side]) for side in (references, answers))
    found, wrong, missed = (weights @ hits for hits in (true & predicted, ~true & predicted, true & ~predicted))
    either = found + wrong + missed
    with numpy.errstate(all='ignore'):
        iou = numpy.nanmean(numpy.where(either > 0, found / either, math.nan), axis=1)
        f1 = numpy.nanmean(numpy.where(either > 0, 2 * found / (found + either), math.nan), axis=1)
        kinds = sorted({tuple(sorted(s)) for s in references + answers})
        share_true, share_predicted = (weights @ numpy.array([[tuple(sorted(s)) == k for k in kinds] for s in side]) / n
                                       for side in (references, answers))
        equal = weights @ numpy.array([r == a for r, a in zip(references, answers)]) / n
        chance = (share_true * share_predicted).sum(axis=1)
        kappas = numpy.where(chance < 1, (equal - chance) / (1 - chance), math.nan)
    marks = weights @ numpy.array([mark(r, a) for r, a in zip(references, answers)]) / n
    return {'mean_iou': iou, 'macro_f1': f1, 'mean_mark': marks, 'kappa': kappas}


def check_intervals(ours, references, answers, n_categories):
    """Two bootstraps of a thousand: their ends differ by a part of the width of the interval, and by a grain of the measure."""
    for name, values in resampled(references, answers, n_categories).items():
        low, high = numpy.nanpercentile(values, [2.5, 97.5])
        tolerance = 0.15 * (high - low) + 1 / len(references)
        same('%s.low' % name, ours[name + '.low'][0], low, tolerance)
        same('%s.high' % name, ours[name + '.high'][0], high, tolerance)


def check_classes(ours, references, answers, n_categories, several):
    binarizer = MultiLabelBinarizer(classes=range(1, n_categories + 2))     # never a single column, which scikit-learn reads as 0 and 1
    tables = metrics.multilabel_confusion_matrix(binarizer.fit_transform(references), binarizer.fit_transform(answers))
    for i, ((_, wrong), (missed, found)) in enumerate(tables[:n_categories]):
        for name, mine, theirs in zip(('true positives', 'false positives', 'false negatives'), ours['class.%d.counts' % (i + 1)], (found, wrong, missed)):
            same(name, mine, float(theirs))
    if not several:
        matrix = metrics.confusion_matrix([min(r) for r in references], [min(a) if a else n_categories + 1 for a in answers],
                                          labels=range(1, n_categories + 2))
        for i in range(n_categories):
            row = ours['class.%d' % (i + 1)]
            for mine, theirs in zip(row[:n_categories] + [sum(row[n_categories:])], matrix[i]):
                same('confusion', mine, float(theirs))


def check_case(several):
    n_categories, references, answers = draw_case(several)
    n = len(references)
    probabilities = None if several else random.dirichlet(numpy.full(n_categories, 0.5), n).clip(1e-300, 1)
    if probabilities is not None and random.random() < 0.3:
        probabilities = numpy.round(probabilities, 1).clip(1e-300, 1)      # on the borders of the bins
    ours = ask(write_case('several' if several else 'one', n_categories, references, answers, probabilities))
    for name, value in measures(references, answers, n_categories).items():
        same(name, ours[name][0], value)
    low, high = binomtest(sum(r == a for r, a in zip(references, answers)), n).proportion_ci(0.95, 'wilson')
    same('accuracy.low', ours['accuracy.low'][0], low)
    same('accuracy.high', ours['accuracy.high'][0], high)
    check_classes(ours, references, answers, n_categories, several)
    if probabilities is not None:
        chosen = numpy.array([probabilities[i][min(r) - 1] for i, r in enumerate(references)])
        same('log_loss', ours['log_loss'][0], -numpy.log(chosen.clip(numpy.finfo(float).eps, 1)).mean())
        correct = numpy.array([r == a for r, a in zip(references, answers)], float)
        same('calibration_error', ours['calibration_error'][0], calibration_error(probabilities.max(axis=1), correct))
    if n >= 40:
        check_intervals(ours, references, answers, n_categories)


def check_closed_forms():
    for _ in range(N_CASES):
        b, c = (int(x) for x in random.integers(0, random.choice([3, 30, 1000, 100000]), 2))
        p = binomtest(b, b + c).pvalue if b + c > 0 else 1.0
        same('mcnemar', ask('mcnemar %d %d\n' % (b, c))['p'][0], p, 1e-9 * p + 1e-300)
        n = int(random.choice([1, 2, 10, 1000, 10**6]))
        k = int(random.integers(0, n + 1))
        low, high = binomtest(k, n).proportion_ci(0.95, 'wilson')
        ours = ask('wilson %d %d\n' % (k, n))
        same('wilson', ours['low'][0], low)
        same('wilson', ours['high'][0], high)
        observers, units = int(random.integers(1, 6)), int(random.integers(1, 30))
        table = random.integers(-1, random.integers(1, 5), (observers, units)).tolist()
        ours = ask('alpha %d %d %s\n' % (observers, units, ' '.join(str(v) for row in table for v in row)))
        same('alpha', ours['alpha'][0], alpha(table))


for number in range(N_CASES):
    check_case(number % 2 == 1)
check_closed_forms()
print('%d cases agree: %s' % (N_CASES, ', '.join('%s %d' % pair for pair in sorted(compared.items()))))
