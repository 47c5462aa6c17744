/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a reader must know before believing the numbers, found by rules. All rules stand in this file; each adds a code that does not
 * change, a sentence, and the numbers of the sentence for hone_report_verify (). */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hone-report-text.h"
#include "hone-report.h"

/* Below this many texts the interval of a share is wider than 20 points in the middle. */
#define SMALL_N 100
/* Below this many labels of a category its own scores say next to nothing. */
#define SMALL_CLASS 10
/* So many categories are named in a sentence. */
#define MAX_NAMED 3
/* Above this share of answers that are no category it is worth a sentence. */
#define UNUSABLE_SHARE 0.05
/* The best of so many is better than it would be on fresh texts. */
#define MANY_ITERATIONS 5

static HoneReportCaveat * G_GNUC_PRINTF (5, 6)
add (HoneReport *self,
     const char *code,
     const char *a,
     const char *b,
     const char *format,
     ...)
{
  HoneReportCaveat *caveat = g_new0 (HoneReportCaveat, 1);
  va_list args;

  va_start (args, format);
  caveat->code = code;
  caveat->text = g_strdup_vprintf (format, args);
  va_end (args);
  caveat->a = g_strdup (a);
  caveat->b = g_strdup (b);
  caveat->facts = g_array_new (FALSE, FALSE, sizeof (HoneReportFact));
  g_ptr_array_add (self->caveats, caveat);
  return caveat;
}

static void
fact (HoneReportCaveat *caveat,
      const char       *name,
      double            value)
{
  HoneReportFact item = { name, value };

  g_array_append_val (caveat->facts, item);
}

/* ---- what was left out, and answers that are none ---- */

static void
find_left_out (HoneReport                *self,
               const HoneReportIteration *item)
{
  const HoneLeftOut *left_out = &item->scores->left_out;
  HoneReportCaveat *caveat;

  if (left_out->missing + left_out->failed > 0)
    {
      caveat = add (self, "missing-answers", item->name, NULL,
                    _("%s: not in the scores because there is no answer: %" G_GUINT64_FORMAT " (of these failed: %" G_GUINT64_FORMAT ")."),
                    item->name, left_out->missing + left_out->failed, left_out->failed);
      fact (caveat, "missing", left_out->missing);
      fact (caveat, "failed", left_out->failed);
    }
  if (left_out->unlabelled > 0)
    fact (add (self, "unlabelled", item->name, NULL, _("%s: not in the scores because nobody labelled them: %" G_GUINT64_FORMAT "."),
               item->name, left_out->unlabelled), "n", left_out->unlabelled);
  if (left_out->disputed > 0)
    fact (add (self, "disputed", item->name, NULL, _("%s: not in the scores because people disagree: %" G_GUINT64_FORMAT "."),
               item->name, left_out->disputed), "n", left_out->disputed);
  if (left_out->trained > 0)
    fact (add (self, "trained", item->name, NULL,
               _("%s: not in the scores because they, or near copies of them, were trained on: %" G_GUINT64_FORMAT "."), item->name,
               left_out->trained), "n", left_out->trained);
}

/* Abstained and out of set; with choice rule "several" the column after them counts what was missed, which is an answer. */
static guint64
count_unusable (const HoneConfusion *confusion)
{
  guint64 sum = 0;

  for (gsize row = 0; row < confusion->n_rows; row++)
    for (gsize column = confusion->n_rows; column < MIN (confusion->n_rows + 2, confusion->n_columns); column++)
      sum += confusion->counts[row * confusion->n_columns + column];
  return sum;
}

static void
find_unusable (HoneReport                *self,
               const HoneReportIteration *item)
{
  guint64 unusable = count_unusable (item->confusion);
  HoneReportCaveat *caveat;

  if (item->scores->n == 0 || (double) unusable / item->scores->n <= UNUSABLE_SHARE)
    return;
  caveat = add (self, "unusable-answers", item->name, NULL,
                _("%s: the model could not tell, or answered something that is no category, for %" G_GUINT64_FORMAT " of %" G_GUINT64_FORMAT
                  " texts; these count as wrong."), item->name, unusable, item->scores->n);
  fact (caveat, "unusable", unusable);
  fact (caveat, "n", item->scores->n);
}

/* ---- how much can be known ---- */

static void
find_small_classes (HoneReport                *self,
                    const HoneReportIteration *item)
{
  g_autoptr(GString) names = g_string_new (NULL);
  guint n = 0;

  for (gsize i = 0; i < item->scores->n_classes; i++)
    {
      const HoneClassScore *class = &item->scores->classes[i];
      const HoneCategory *category = hone_ontology_get_by_id (self->ontology, class->category);

      if (category == NULL || class->support == 0 || class->support >= SMALL_CLASS)
        continue;
      if (n < MAX_NAMED)
        g_string_append_printf (names, "%s%s", n ? ", " : "", category->name);
      n++;
    }
  if (n == 0)
    return;
  if (n > MAX_NAMED)
    g_string_append (names, ", …");
  fact (add (self, "small-classes", item->name, NULL,
             ngettext ("%s: %u category has fewer than %d labels here, so its own scores say little: %s.",
                       "%s: %u categories have fewer than %d labels here, so their own scores say little: %s.", n),
             item->name, n, SMALL_CLASS, names->str), "categories", n);
}

static void
find_in_scores (HoneReport                *self,
                const HoneReportIteration *item)
{
  const HoneScores *scores = item->scores;
  const HoneEstimate *accuracy = &scores->measures[HONE_MEASURE_ACCURACY];

  if (scores->n < SMALL_N)
    fact (add (self, "small-n", item->name, NULL, _("%s: few texts are scored (%" G_GUINT64_FORMAT "), so the intervals are wide."),
               item->name, scores->n), "n", scores->n);
  find_small_classes (self, item);
  find_left_out (self, item);
  find_unusable (self, item);
  if (item->number > 0 && isfinite (scores->majority.value) && accuracy->low <= scores->majority.value)
    {
      HoneReportCaveat *caveat = add (self, "not-above-majority", item->name, NULL,
                                      _("%s is not surely better than always giving the commonest category."), item->name);

      fact (caveat, "low", accuracy->low);
      fact (caveat, "majority", scores->majority.value);
    }
}

/* ---- where models come from ---- */

static void
find_in_iteration (HoneReport                *self,
                   const HoneReportIteration *item)
{
  const char *split = hone_split_to_string (self->split);

  if (item->status == HONE_REPORT_NO_PREDICTIONS)
    add (self, "not-predicted", item->name, NULL, _("%s has not been asked about “%s”, so it has no scores here."), item->name, split);
  else if (item->status == HONE_REPORT_NO_LABELS)
    add (self, "no-labels", item->name, NULL, _("%s has no scores: no text of “%s” that it answered has a label."), item->name, split);
  if (item->ontology_version > 0 && item->ontology_version != self->ontology_version)
    {
      HoneReportCaveat *caveat = add (self, "ontology-changed", item->name, NULL,
                                      _("%s was made with version %" G_GINT64_FORMAT " of the categories, which are now at version %"
                                        G_GINT64_FORMAT "."), item->name, item->ontology_version, self->ontology_version);

      fact (caveat, "made_with", item->ontology_version);
      fact (caveat, "now", self->ontology_version);
    }
  if (item->n_pseudo > 0)
    fact (add (self, "self-training", item->name, NULL,
               _("%s also learnt from labels that a model gave (self-training): %" G_GUINT64_FORMAT "."), item->name, item->n_pseudo),
          "pseudo", item->n_pseudo);
  if (item->provider && strcmp (item->provider, "imported") == 0)
    add (self, "imported", item->name, NULL, _("%s was imported: what it was trained on is not known, these texts may be among it."),
         item->name);
  if (item->status == HONE_REPORT_SCORED)
    find_in_scores (self, item);
}

static void
find_in_templates (HoneReport *self)
{
  const char *first = NULL;

  for (guint i = 0; i < self->iterations->len; i++)
    {
      const HoneReportIteration *item = hone_report_get_iteration (self, i);

      if (item->template_hash == NULL)
        continue;
      if (first && strcmp (first, item->template_hash) != 0)
        {
          add (self, "template-differs", NULL, NULL,
               _("The iterations do not all use the same template: they did not see the same text."));
          return;
        }
      first = item->template_hash;
    }
}

/* ---- one against another ---- */

static gboolean
intervals_overlap (const HoneReport          *self,
                   const HoneReportIteration *a,
                   const HoneReportIteration *b)
{
  gsize n;
  HoneMeasure measure = hone_report_list_measures (self, &n)[0];
  const HoneEstimate *x = &a->scores->measures[measure], *y = &b->scores->measures[measure];

  return isfinite (x->low) && isfinite (y->low) && x->low <= y->high && y->low <= x->high;
}

static void
find_in_pair (HoneReport           *self,
              const HoneReportPair *pair)
{
  const HoneReportIteration *a = hone_report_get_iteration (self, pair->a), *b = hone_report_get_iteration (self, pair->b);
  g_autofree char *p = hone_report_format_p (pair->p);
  HoneReportCaveat *caveat = NULL;

  if (!(pair->p < 0.05))
    caveat = add (self, "not-distinguishable", a->name, b->name, _("%s and %s cannot be told apart (n = %" G_GUINT64_FORMAT ", %s)."),
                  b->name, a->name, pair->n, p);
  else if (a->scores && b->scores && intervals_overlap (self, a, b))
    caveat = add (self, "overlapping-intervals", a->name, b->name,
                  _("%s and %s: their intervals overlap. That they differ is shown by the texts that only one got right (n = %"
                    G_GUINT64_FORMAT ", %s); by how much is less sure."), b->name, a->name, pair->n, p);
  if (caveat)
    {
      fact (caveat, "n", pair->n);
      fact (caveat, "p", pair->p);
    }
  if (a->scores && b->scores && (pair->n < a->scores->n || pair->n < b->scores->n))
    fact (add (self, "not-the-same-texts", a->name, b->name,
               _("%s and %s were not scored on quite the same texts; they are compared on the %" G_GUINT64_FORMAT " that both were."),
               b->name, a->name, pair->n), "n", pair->n);
}

static gboolean
is_last_of_experiment (const HoneReport *self,
                       gsize             nth)
{
  const HoneReportIteration *item = hone_report_get_iteration (self, nth);

  if (item->status != HONE_REPORT_SCORED)
    return FALSE;
  for (gsize i = 0; i < self->iterations->len; i++)
    {
      const HoneReportIteration *other = hone_report_get_iteration (self, i);

      if (other->status == HONE_REPORT_SCORED && other->number > item->number && strcmp (other->experiment, item->experiment) == 0)
        return FALSE;
    }
  return TRUE;
}

static gsize
find_highest (const HoneReport *self)
{
  gsize n, highest = G_MAXSIZE;
  HoneMeasure measure = hone_report_list_measures (self, &n)[0];
  double most = -INFINITY;

  for (gsize i = 0; i < self->iterations->len; i++)
    {
      const HoneReportIteration *item = hone_report_get_iteration (self, i);

      if (is_last_of_experiment (self, i) && item->scores->measures[measure].value > most)
        {
          most = item->scores->measures[measure].value;
          highest = i;
        }
    }
  return highest;
}

/* The ends of experiments stand beside each other in summary and chart, and readers compare them whether we did or not. */
static void
find_uncompared (HoneReport *self)
{
  gsize highest = find_highest (self);
  g_autoptr(GString) names = g_string_new (NULL);
  const HoneReportIteration *best;
  guint n = 0;

  if (highest == G_MAXSIZE)
    return;
  best = hone_report_get_iteration (self, highest);
  for (gsize i = 0; i < self->iterations->len; i++)
    {
      const HoneReportIteration *other = hone_report_get_iteration (self, i);

      if (i == highest || !is_last_of_experiment (self, i) || hone_report_find_pair (self, i, highest) ||
          hone_report_find_pair (self, highest, i) || !intervals_overlap (self, best, other))
        continue;
      if (n < MAX_NAMED)
        g_string_append_printf (names, "%s%s", n ? ", " : "", other->name);
      n++;
    }
  if (n == 0)
    return;
  if (n > MAX_NAMED)
    g_string_append (names, ", …");
  fact (add (self, "not-compared", best->name, NULL,
             _("%s scores highest at the end of an experiment, but its interval overlaps with those of experiments it was not compared "
               "with (%s): nothing here says which is better."), best->name, names->str), "experiments", n);
}

static void
find_best_of_many (HoneReport *self)
{
  guint n = 0;

  for (guint i = 0; i < self->iterations->len; i++)
    {
      const HoneReportIteration *item = hone_report_get_iteration (self, i);

      n += item->status == HONE_REPORT_SCORED && item->number > 0;
    }
  if (self->split == HONE_SPLIT_VALIDATION && n >= MANY_ITERATIONS)
    fact (add (self, "best-of-many", NULL, NULL,
               _("%u iterations were scored on the same texts: whoever takes the best of them gets somewhat less on fresh texts. The test "
                 "split is there to say how much."), n), "iterations", n);
}

/**
 * hone_report_find_caveats:
 * @self: a report with its project, iterations and pairs
 *
 * Applies the rules: opened test split, choice rule “several”, few texts or labels, missing or unusable answers, disputed labels, texts
 * trained on, changed categories or template, self-training, imported predictions, no better than the commonest category, iterations
 * that cannot be told apart or whose intervals overlap, the best of many.
 */
void
hone_report_find_caveats (HoneReport *self)
{
  g_return_if_fail (self && self->ontology);

  g_ptr_array_set_size (self->caveats, 0);
  if (self->split == HONE_SPLIT_TEST && self->openings > 1)
    fact (add (self, "test-opened", NULL, NULL,
               _("The test split has been opened %" G_GUINT64_FORMAT
                 " times: whoever chose by what they saw there needs fresh texts for an honest number."), self->openings),
          "openings", self->openings);
  if (hone_ontology_get_choice (self->ontology) == HONE_CHOICE_SEVERAL)
    add (self, "several-iou", NULL, NULL,
         _("Texts may have several categories: the IoU score counts any overlap as right; mean Jaccard says how much overlaps."));
  for (guint i = 0; i < self->iterations->len; i++)
    find_in_iteration (self, hone_report_get_iteration (self, i));
  find_in_templates (self);
  for (guint i = 0; i < self->pairs->len; i++)
    find_in_pair (self, &g_array_index (self->pairs, HoneReportPair, i));
  find_uncompared (self);
  find_best_of_many (self);
}
