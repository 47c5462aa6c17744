/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a person reads of the text at hand and of the progress. */
#include "config.h"

#include <glib/gi18n.h>
#include <math.h>

#include "hone-labeling-private.h"
#include "hone-words.h"

#define RANKED_SHOWN 3
#define HARDLY       0.05   /* what the model held for less likely is not worth reading */

static void
add_part (GString    *line,
          const char *part)
{
  if (line->len)
    g_string_append (line, " · ");
  g_string_append (line, part);
}

/* ---- the model's answer ---- */

static char *
name_score (const HoneOntology *ontology,
            guint               category,
            double              score)
{
  g_autoptr(HoneCategorySet) set = hone_category_set_new_single (category);
  g_autofree char *name = hone_words_categories (ontology, set);

  return isnan (score) ? g_steal_pointer (&name) : g_strdup_printf ("%s %.2f", name, score);
}

/* The categories of the answer, then others that the model held for possible. */
static char *
answered_words (HoneLabeling         *self,
                const HoneItemAnswer *answer)
{
  const HoneOntology *ontology = hone_project_get_ontology (self->project);
  GArray *ranked = self->details->ranked;
  g_autoptr(GString) line = g_string_new (NULL);
  g_autofree char *names = NULL;

  for (guint i = 0; ranked && i < MIN (ranked->len, RANKED_SHOWN); i++)
    {
      const HoneRanked *one = &g_array_index (ranked, HoneRanked, i);
      g_autofree char *words = name_score (ontology, one->category, one->score);

      if (one->score >= HARDLY || hone_category_set_contains (answer->categories, one->category))
        add_part (line, words);
    }
  if (line->len)
    return g_strdup_printf (_("Model: %s"), line->str);
  names = hone_words_categories (ontology, answer->categories);
  return isnan (answer->confidence) ? g_strdup_printf (_("Model: %s"), names) : g_strdup_printf (_("Model: %s %.2f"), names, answer->confidence);
}

static char *
unanswered_words (const HoneItemAnswer *answer)
{
  const char *what = answer->outcome == HONE_OUTCOME_ABSTAINED    ? _("Model: unable to classify")
                     : answer->outcome == HONE_OUTCOME_OUT_OF_SET ? _("Model: an answer that is no category")
                                                                  : _("Model: the question failed");

  return answer->reason ? g_strdup_printf ("%s (%s)", what, answer->reason) : g_strdup (what);
}

/**
 * hone_labeling_dup_answer_words:
 * @self: labeling
 *
 * Returns: (transfer full): what the chosen iteration thinks of the text at hand, or why that is not told; may be empty
 */
char *
hone_labeling_dup_answer_words (HoneLabeling *self)
{
  const HoneItemAnswer *answer;

  g_return_val_if_fail (HONE_IS_LABELING (self), NULL);

  if (!self->current || !hone_selection_get_iteration (self->selection))
    return g_strdup ("");
  if (hone_labeling_hides_answer (self))
    return g_strdup (self->blind ? _("The model's answer is hidden") : _("Test texts are labelled without the model's answer"));
  if (!self->details)
    return g_strdup ("");
  answer = hone_labeling_get_answer (self);
  if (!answer)
    return g_strdup (_("The model was not asked about this text"));
  return answer->outcome == HONE_OUTCOME_ANSWERED ? answered_words (self, answer) : unanswered_words (answer);
}

/* ---- the text ---- */

static char *
label_words (HoneLabeling      *self,
             const HoneExample *example)
{
  g_autofree char *names = NULL;

  if (example->reference_state == HONE_REFERENCE_DISPUTED)
    return g_strdup (_("disputed"));
  if (!example->reference)
    return g_strdup (_("not labelled"));
  names = hone_words_categories (hone_project_get_ontology (self->project), example->reference);
  return g_strdup_printf (_("labelled %s"), names);
}

/**
 * hone_labeling_dup_text_words:
 * @self: labeling
 *
 * Returns: (transfer full): role, label, flag and note of the text at hand; may be empty
 */
char *
hone_labeling_dup_text_words (HoneLabeling *self)
{
  const HoneExample *example;
  g_autoptr(GString) line = g_string_new (NULL);
  g_autofree char *label = NULL;

  g_return_val_if_fail (HONE_IS_LABELING (self), NULL);

  example = self->current ? hone_example_item_get_example (self->current) : NULL;
  if (!example)
    return g_strdup ("");
  add_part (line, hone_words_split (example->split));
  label = label_words (self, example);
  add_part (line, label);
  if (self->flag)
    add_part (line, _("flagged"));
  if (self->note)
    {
      g_autofree char *note = g_strdup_printf (_("note: %s"), self->note);

      add_part (line, note);
    }
  return g_string_free (g_steal_pointer (&line), FALSE);
}

/* ---- progress ---- */

/**
 * hone_labeling_dup_progress_words:
 * @self: labeling
 *
 * Returns: (transfer full): how much was done today, how quickly, and how much is left
 */
char *
hone_labeling_dup_progress_words (HoneLabeling *self)
{
  HoneLabelingProgress progress;
  g_autoptr(GString) line = g_string_new (NULL);
  g_autofree char *today = NULL;
  g_autofree char *left = NULL;

  g_return_val_if_fail (HONE_IS_LABELING (self), NULL);

  hone_labeling_get_progress (self, &progress);
  today = hone_words_count (progress.today);
  left = hone_words_count (progress.left);
  g_string_append_printf (line, _("%s labelled today"), today);
  if (!isnan (progress.per_minute))
    {
      g_autofree char *pace = g_strdup_printf (_("%.0f per minute"), progress.per_minute);

      add_part (line, pace);
    }
  if (progress.complete)
    {
      g_autofree char *rest = g_strdup_printf (_("%s left"), left);

      add_part (line, rest);
    }
  return g_string_free (g_steal_pointer (&line), FALSE);
}
