/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a reader must know before believing the numbers, found by rules. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hone-report-text.h"
#include "hone-report.h"

/* Below this many texts the interval of a share is wider than 20 points in the middle. */
#define SMALL_N 100

static void G_GNUC_PRINTF (3, 4)
add (HoneReport *self,
     const char *code,
     const char *format,
     ...)
{
  HoneReportCaveat *caveat = g_new0 (HoneReportCaveat, 1);
  va_list args;

  va_start (args, format);
  caveat->code = g_strdup (code);
  caveat->text = g_strdup_vprintf (format, args);
  va_end (args);
  g_ptr_array_add (self->caveats, caveat);
}

static void
find_in_scores (HoneReport                *self,
                const HoneReportIteration *item)
{
  const HoneScores *scores = item->scores;
  const HoneLeftOut *left_out = &scores->left_out;
  const HoneEstimate *accuracy = &scores->measures[HONE_MEASURE_ACCURACY];

  if (scores->n < SMALL_N)
    add (self, "small-n", _("%s: few texts are scored (%" G_GUINT64_FORMAT "), so the intervals are wide."), item->name, scores->n);
  if (left_out->missing + left_out->failed > 0)
    add (self, "missing-answers",
         _("%s: not in the scores because there is no answer: %" G_GUINT64_FORMAT " (of these failed: %" G_GUINT64_FORMAT ")."), item->name,
         left_out->missing + left_out->failed, left_out->failed);
  if (left_out->unlabelled > 0)
    add (self, "unlabelled", _("%s: not in the scores because nobody labelled them: %" G_GUINT64_FORMAT "."), item->name,
         left_out->unlabelled);
  if (left_out->disputed > 0)
    add (self, "disputed", _("%s: not in the scores because people disagree: %" G_GUINT64_FORMAT "."), item->name,
         left_out->disputed);
  if (left_out->trained > 0)
    add (self, "trained", _("%s: not in the scores because they, or near copies of them, were trained on: %" G_GUINT64_FORMAT "."),
         item->name, left_out->trained);
  if (item->number > 0 && isfinite (scores->majority.value) && accuracy->low <= scores->majority.value)
    add (self, "not-above-majority", _("%s is not surely better than always giving the commonest category."), item->name);
}

static void
find_in_iteration (HoneReport                *self,
                   const HoneReportIteration *item)
{
  g_autofree char *split = g_strdup (hone_split_to_string (self->split));

  if (item->status == HONE_REPORT_NO_PREDICTIONS)
    add (self, "not-predicted", _("%s has not been asked about “%s”, so it has no scores here."), item->name, split);
  else if (item->status == HONE_REPORT_NO_LABELS)
    add (self, "no-labels", _("%s has no scores: no text of “%s” that it answered has a label."), item->name, split);
  if (item->ontology_version > 0 && item->ontology_version != self->ontology_version)
    add (self, "ontology-changed", _("%s was made with version %" G_GINT64_FORMAT " of the categories, which are now at version %"
         G_GINT64_FORMAT "."), item->name, item->ontology_version, self->ontology_version);
  if (item->n_pseudo > 0)
    add (self, "self-training", _("%s also learnt from labels that a model gave (self-training): %" G_GUINT64_FORMAT "."), item->name,
         item->n_pseudo);
  if (item->provider && strcmp (item->provider, "imported") == 0)
    add (self, "imported", _("%s was imported: what it was trained on is not known, these texts may be among it."), item->name);
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
          add (self, "template-differs", _("The iterations do not all use the same template: they did not see the same text."));
          return;
        }
      first = item->template_hash;
    }
}

static void
find_in_pairs (HoneReport *self)
{
  for (guint i = 0; i < self->pairs->len; i++)
    {
      const HoneReportPair *pair = &g_array_index (self->pairs, HoneReportPair, i);
      const HoneReportIteration *a = hone_report_get_iteration (self, pair->a), *b = hone_report_get_iteration (self, pair->b);
      g_autofree char *p = hone_report_format_p (pair->p);

      if (!(pair->p < 0.05))
        add (self, "not-distinguishable", _("%s and %s cannot be told apart (n = %" G_GUINT64_FORMAT ", %s)."), b->name, a->name,
             pair->n, p);
      if (a->scores && b->scores && (pair->n < a->scores->n || pair->n < b->scores->n))
        add (self, "not-the-same-texts", _("%s and %s were not scored on quite the same texts; they are compared on the %"
             G_GUINT64_FORMAT " that both were."), b->name, a->name, pair->n);
    }
}

/**
 * hone_report_find_caveats:
 * @self: a report with its project, iterations and pairs
 *
 * Applies the rules: small n, missing answers, disputed labels, texts trained on, iterations that cannot be told apart, opened test
 * split, changed categories or template, self-training, imported predictions, choice rule “several”.
 */
void
hone_report_find_caveats (HoneReport *self)
{
  g_return_if_fail (self && self->ontology);

  g_ptr_array_set_size (self->caveats, 0);
  if (self->split == HONE_SPLIT_TEST && self->openings > 1)
    add (self, "test-opened", _("The test split has been opened %" G_GUINT64_FORMAT
         " times: whoever chose by what they saw there needs fresh texts for an honest number."), self->openings);
  if (hone_ontology_get_choice (self->ontology) == HONE_CHOICE_SEVERAL)
    add (self, "several-iou",
         _("Texts may have several categories: the IoU score counts any overlap as right; mean Jaccard says how much overlaps."));
  for (guint i = 0; i < self->iterations->len; i++)
    find_in_iteration (self, hone_report_get_iteration (self, i));
  find_in_templates (self);
  find_in_pairs (self);
}
