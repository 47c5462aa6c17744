/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Records: what readers give and writers take. */
#include "config.h"

#include <math.h>

#include "hone-record.h"

static const char * const warning_words[HONE_N_WARNINGS] = {
  "encoding-guessed", "id-conflict", "duplicate-text", "conflicting-labels",
  "unknown-category", "too-many-categories", "empty-answer", "draft-ignored",
  "sent-back", "outcome-guess", "bare-prediction", "reject-ignored",
  "joined-fields", "no-separator", "no-answer", "not-classification",
  "unknown-id", "rating-kept", "leak", "lone-surrogate", "one-confidence",
  "malformed",
};

/**
 * hone_warning_code_to_string:
 * @code: a warning
 *
 * Returns: (transfer none): its name in the output of the command line, such as "encoding-guessed"
 */
const char *
hone_warning_code_to_string (HoneWarningCode code)
{
  g_return_val_if_fail ((guint) code < HONE_N_WARNINGS, NULL);

  return warning_words[code];
}

static void
label_free (gpointer data)
{
  HoneRecordLabel *label = data;

  g_free (label->author);
  g_strfreev (label->words);
  g_free (label->note);
  g_free (label);
}

static void
prediction_free (gpointer data)
{
  HoneRecordPrediction *prediction = data;

  g_free (prediction->model);
  g_strfreev (prediction->words);
  for (gsize i = 0; i < prediction->n_scores; i++)
    g_free (prediction->scores[i].word);
  g_free (prediction->scores);
  g_free (prediction->raw);
  g_free (prediction->reason);
  g_free (prediction);
}

static void
warning_free (gpointer data)
{
  HoneRecordWarning *warning = data;

  g_free (warning->field);
  g_free (warning->detail);
  g_free (warning);
}

/**
 * hone_record_new:
 *
 * Returns: (transfer full): an empty record: no text, split not said, empty lists
 */
HoneRecord *
hone_record_new (void)
{
  HoneRecord *self = g_new0 (HoneRecord, 1);

  self->split = -1;
  self->labels = g_ptr_array_new_with_free_func (label_free);
  self->predictions = g_ptr_array_new_with_free_func (prediction_free);
  self->warnings = g_ptr_array_new_with_free_func (warning_free);

  return self;
}

/**
 * hone_record_free:
 * @self: (nullable) (transfer full): a record
 *
 * Frees the record with everything in it.
 */
void
hone_record_free (HoneRecord *self)
{
  if (self == NULL)
    return;

  g_free (self->path);
  g_free (self->external_id);
  g_free (self->join_key);
  g_free (self->text);
  g_free (self->meta);
  g_strfreev (self->known);
  g_ptr_array_unref (self->labels);
  g_ptr_array_unref (self->predictions);
  g_ptr_array_unref (self->warnings);
  g_free (self);
}

/**
 * hone_record_add_label:
 * @self: a record
 *
 * Adds one decision: no author, no time, origin imported, no words.
 *
 * Returns: (transfer none): the decision, to be filled
 */
HoneRecordLabel *
hone_record_add_label (HoneRecord *self)
{
  HoneRecordLabel *label;

  g_return_val_if_fail (self != NULL, NULL);

  label = g_new0 (HoneRecordLabel, 1);
  label->origin = HONE_ORIGIN_IMPORTED;
  g_ptr_array_add (self->labels, label);

  return label;
}

/**
 * hone_record_add_prediction:
 * @self: a record
 *
 * Adds one answer of a model: iteration and confidence not said, outcome to be found from the words.
 *
 * Returns: (transfer none): the prediction, to be filled
 */
HoneRecordPrediction *
hone_record_add_prediction (HoneRecord *self)
{
  HoneRecordPrediction *prediction;

  g_return_val_if_fail (self != NULL, NULL);

  prediction = g_new0 (HoneRecordPrediction, 1);
  prediction->iteration = -1;
  prediction->confidence = NAN;
  g_ptr_array_add (self->predictions, prediction);

  return prediction;
}

/**
 * hone_record_warn:
 * @self: a record
 * @code: what is to be told
 * @field: (nullable): column or member
 * @detail: (nullable): translated, for people
 *
 * Notes a warning. The same code may be noted more than once; it counts once per record.
 */
void
hone_record_warn (HoneRecord      *self,
                  HoneWarningCode  code,
                  const char      *field,
                  const char      *detail)
{
  HoneRecordWarning *warning;

  g_return_if_fail (self != NULL);
  g_return_if_fail ((guint) code < HONE_N_WARNINGS);

  warning = g_new0 (HoneRecordWarning, 1);
  warning->code = code;
  warning->field = g_strdup (field);
  warning->detail = g_strdup (detail);
  g_ptr_array_add (self->warnings, warning);
}

/**
 * hone_record_has_warning:
 * @self: a record
 * @code: a warning
 *
 * Returns: whether the record carries the warning
 */
gboolean
hone_record_has_warning (HoneRecord      *self,
                         HoneWarningCode  code)
{
  g_return_val_if_fail (self != NULL, FALSE);

  for (guint i = 0; i < self->warnings->len; i++)
    {
      const HoneRecordWarning *warning = g_ptr_array_index (self->warnings, i);

      if (warning->code == code)
        return TRUE;
    }

  return FALSE;
}
