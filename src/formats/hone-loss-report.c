/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What will not be in an export, with counts, told before anything is written. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

#include "hone-fasttext.h"
#include "hone-writer-private.h"

/* Things that no part of section 2 names. */
typedef enum {
  EXTRA_NOTES, EXTRA_KNOWN, EXTRA_FLAGS, EXTRA_TIES, EXTRA_OUTVOTED, EXTRA_SUGGESTED, EXTRA_NEWLINES, EXTRA_TEST, EXTRA_UNWRITABLE,
} Extra;
#define N_EXTRAS (EXTRA_UNWRITABLE + 1)

struct _HoneLossReport {
  HoneFormat     format;
  HoneOntology  *ontology;
  char          *model;
  gboolean       with_labels, with_predictions, flat;
  guint64        counts[HONE_N_PARTS];
  guint64        extras[N_EXTRAS];
  GPtrArray     *sentences;     /* (nullable): as they were asked for last */
};

/**
 * hone_loss_report_new:
 * @options: the export that is planned
 *
 * Returns: (transfer full): a report without records
 */
HoneLossReport *
hone_loss_report_new (const HoneWriterOptions *options)
{
  HoneLossReport *self;

  g_return_val_if_fail (options != NULL && options->ontology != NULL, NULL);

  self = g_new0 (HoneLossReport, 1);
  self->format = options->format;
  self->ontology = hone_ontology_ref ((HoneOntology *) options->ontology);
  self->model = g_strdup (options->model);
  self->with_labels = options->with_labels;
  self->with_predictions = options->with_predictions;
  self->flat = options->format == HONE_FORMAT_ARGILLA && options->flat;

  return self;
}

/**
 * hone_loss_report_free:
 * @self: (nullable) (transfer full): a report
 *
 * Frees it.
 */
void
hone_loss_report_free (HoneLossReport *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->sentences, g_ptr_array_unref);
  hone_ontology_unref (self->ontology);
  g_free (self->model);
  g_free (self);
}

/* Flat rows of Argilla keep skips, but no display names and definitions. */
static HoneKeeps
keeps (HoneLossReport *self,
       HonePart        part)
{
  if (self->flat && part == HONE_PART_SKIP)
    return HONE_KEEPS_YES;
  if (self->flat && (part == HONE_PART_NAME || part == HONE_PART_DEFINITION))
    return HONE_KEEPS_NO;

  return hone_format_keeps (self->format, part);
}

/* ---- formats with one label for each text ---- */

static gboolean
holds_all_labels (HoneLossReport *self)
{
  switch (self->format)
    {
    case HONE_FORMAT_HONE_JSONL:
    case HONE_FORMAT_LABEL_STUDIO:
    case HONE_FORMAT_PRODIGY:
      return TRUE;
    case HONE_FORMAT_ARGILLA:
      return self->flat;
    default:
      return FALSE;
    }
}

static gboolean
is_superseded (const HoneRecord *record,
               guint             nth)
{
  const HoneRecordLabel *label = g_ptr_array_index (record->labels, nth);

  for (guint i = 0; i < record->labels->len; i++)
    {
      const HoneRecordLabel *other = g_ptr_array_index (record->labels, i);

      if (i != nth && g_strcmp0 (other->author, label->author) == 0
          && (other->time > label->time || (other->time == label->time && i > nth)))
        return TRUE;
    }

  return FALSE;
}

static gboolean
same_words (char * const *a,
            char * const *b)
{
  return a == b || (a != NULL && b != NULL && g_strv_equal ((const char * const *) a, (const char * const *) b));
}

/* Counting labels other than the one that is written. */
static void
count_other_voices (HoneLossReport   *self,
                    const HoneRecord *record)
{
  const HoneRecordLabel *first = NULL;
  HoneReferenceState state = _hone_record_reference (record, self->ontology, NULL);
  gboolean differ = FALSE;

  for (guint i = 0; i < record->labels->len; i++)
    {
      const HoneRecordLabel *label = g_ptr_array_index (record->labels, i);

      if (label->skip || is_superseded (record, i))
        continue;
      if (first == NULL)
        {
          first = label;
          continue;
        }
      self->counts[HONE_PART_AUTHOR]++;
      differ = differ || !same_words (first->words, label->words);
    }

  if (state == HONE_REFERENCE_DISPUTED)
    self->extras[EXTRA_TIES]++;
  else if (differ)
    self->extras[EXTRA_OUTVOTED]++;
}

/* Argilla's folder: a skip, or a label beside one of a person its server knows, has no place. */
static void
count_labels (HoneLossReport   *self,
              const HoneRecord *record)
{
  for (guint i = 0; i < record->labels->len; i++)
    {
      const HoneRecordLabel *label = g_ptr_array_index (record->labels, i);
      gboolean superseded = is_superseded (record, i);

      if (label->note != NULL && self->format != HONE_FORMAT_HONE_JSONL)
        self->extras[EXTRA_NOTES]++;
      if (superseded && keeps (self, HONE_PART_HISTORY) == HONE_KEEPS_NO)
        self->counts[HONE_PART_HISTORY]++;
      if (label->skip && !superseded && keeps (self, HONE_PART_SKIP) == HONE_KEEPS_NO)
        self->counts[HONE_PART_SKIP]++;
      if (superseded || label->skip)
        continue;
      if (label->author != NULL && keeps (self, HONE_PART_AUTHOR) == HONE_KEEPS_NO)
        self->counts[HONE_PART_AUTHOR]++;
      if (label->time > 0 && keeps (self, HONE_PART_TIME) == HONE_KEEPS_NO)
        self->counts[HONE_PART_TIME]++;
    }

  if (!holds_all_labels (self) && keeps (self, HONE_PART_AUTHOR) == HONE_KEEPS_NO)
    {
      /* Their authors are counted already. */
      guint64 authors = self->counts[HONE_PART_AUTHOR];

      count_other_voices (self, record);
      self->counts[HONE_PART_AUTHOR] = authors;
    }
  else if (!holds_all_labels (self))
    {
      count_other_voices (self, record);
    }
}

/* Argilla's folder has no place for a label of somebody its server does not know but that of the model's answer. */
static gboolean
takes_place_of_answer (HoneLossReport   *self,
                       const HoneRecord *record)
{
  return self->format == HONE_FORMAT_ARGILLA && !self->flat && self->with_labels && !_hone_argilla_has_response (record)
         && _hone_record_reference (record, self->ontology, NULL) == HONE_REFERENCE_LABELLED;
}

/* ---- predictions ---- */

static gboolean
holds_one_model (HoneLossReport *self)
{
  return keeps (self, HONE_PART_MODELS) != HONE_KEEPS_YES;
}

static const HoneRecordPrediction *
chosen_prediction (HoneLossReport   *self,
                   const HoneRecord *record)
{
  for (guint i = record->predictions->len; i-- > 0;)
    {
      const HoneRecordPrediction *prediction = g_ptr_array_index (record->predictions, i);

      if (prediction->outcome != HONE_OUTCOME_FAILED && (self->model == NULL || g_strcmp0 (prediction->model, self->model) == 0))
        return prediction;
    }

  return NULL;
}

/* Formats whose servers refuse what is not among the categories. */
static gboolean
takes_answers_only (HoneLossReport *self)
{
  return self->format == HONE_FORMAT_LABEL_STUDIO || self->format == HONE_FORMAT_KILI || self->format == HONE_FORMAT_ARGILLA;
}

static void
count_predictions (HoneLossReport   *self,
                   const HoneRecord *record)
{
  const HoneRecordPrediction *chosen = chosen_prediction (self, record);

  for (guint i = 0; i < record->predictions->len; i++)
    {
      const HoneRecordPrediction *prediction = g_ptr_array_index (record->predictions, i);

      if (prediction->outcome == HONE_OUTCOME_FAILED)
        continue;
      if (keeps (self, HONE_PART_PREDICTION) == HONE_KEEPS_NO)
        self->counts[HONE_PART_PREDICTION]++;
      else if (holds_one_model (self) && prediction != chosen)
        self->counts[HONE_PART_MODELS]++;
      else if (takes_answers_only (self) && prediction->outcome != HONE_OUTCOME_ANSWERED)
        self->counts[HONE_PART_OUTCOME]++;
      else if (takes_place_of_answer (self, record))
        self->counts[HONE_PART_PREDICTION]++;
      else if (isfinite (prediction->confidence) && keeps (self, HONE_PART_CONFIDENCE) == HONE_KEEPS_NO)
        self->counts[HONE_PART_CONFIDENCE]++;
    }
}

/* ---- texts ---- */

static gboolean
is_blank (const char *text)
{
  return text[strspn (text, " \t\r\n")] == '\0';
}

static gboolean
is_unwritable (HoneLossReport   *self,
               const HoneRecord *record)
{
  const char *id = record->external_id;

  switch (self->format)
    {
    case HONE_FORMAT_FASTTEXT:
      return g_str_has_prefix (record->text, HONE_FASTTEXT_PREFIX) || is_blank (record->text);
    case HONE_FORMAT_DOCCANO:
    case HONE_FORMAT_KILN:
      return is_blank (record->text);
    case HONE_FORMAT_KILI:
      return !_hone_kili_takes_id (id);
    default:
      return FALSE;
    }
}

/* Which metadata a format that keeps it partly drops. */
static gboolean
drops_meta (HoneLossReport   *self,
            const HoneRecord *record)
{
  g_autoptr(HoneJson) meta = NULL;

  if (record->meta == NULL)
    return FALSE;
  if (keeps (self, HONE_PART_META) == HONE_KEEPS_NO || self->format == HONE_FORMAT_KILI)
    return TRUE;
  if (self->format != HONE_FORMAT_KILN)
    return FALSE;

  meta = hone_json_parse (record->meta, -1, NULL);
  return hone_json_get_size (meta) > (hone_json_get (meta, "tags") != NULL ? 1 : 0);
}

/* FALSE: nothing of the record will be in the file. */
static gboolean
count_text (HoneLossReport   *self,
            const HoneRecord *record)
{
  if (self->format == HONE_FORMAT_OPENAI_CHAT && _hone_record_split (record) == HONE_SPLIT_TEST)
    {
      self->extras[EXTRA_TEST]++;
      self->counts[HONE_PART_TEXT]++;
      return FALSE;
    }
  if (is_unwritable (self, record))
    {
      self->extras[EXTRA_UNWRITABLE]++;
      self->counts[HONE_PART_TEXT]++;
      return FALSE;
    }

  if (self->format == HONE_FORMAT_FASTTEXT && strpbrk (record->text, "\r\n") != NULL)
    self->extras[EXTRA_NEWLINES]++;
  if (record->external_id != NULL && keeps (self, HONE_PART_OWN_ID) == HONE_KEEPS_NO)
    self->counts[HONE_PART_OWN_ID]++;
  if (drops_meta (self, record))
    self->counts[HONE_PART_META]++;
  if (_hone_record_split (record) != HONE_SPLIT_TRAIN && keeps (self, HONE_PART_SPLIT) == HONE_KEEPS_NO)
    self->counts[HONE_PART_SPLIT]++;

  return TRUE;
}

/**
 * hone_loss_report_add:
 * @self: a report
 * @record: a record as hone_writer_write() would get it
 *
 * Counts what of the record will not be in the file.
 */
void
hone_loss_report_add (HoneLossReport   *self,
                      const HoneRecord *record)
{
  g_return_if_fail (self != NULL && record != NULL);

  if (record->text == NULL || !count_text (self, record))
    return;

  if (record->flag && self->format != HONE_FORMAT_HONE_JSONL)
    self->extras[EXTRA_FLAGS]++;
  if (self->with_labels)
    count_labels (self, record);
  if (takes_place_of_answer (self, record))
    self->extras[EXTRA_SUGGESTED]++;
  if (self->with_labels && record->known != NULL && self->format != HONE_FORMAT_HONE_JSONL)
    self->extras[EXTRA_KNOWN]++;
  if (self->with_predictions)
    count_predictions (self, record);
}

/* ---- sentences ---- */

static void
count_categories (HoneLossReport *self)
{
  self->counts[HONE_PART_NAME] = self->counts[HONE_PART_DEFINITION] = 0;
  for (gsize i = 0; i < hone_ontology_get_size (self->ontology); i++)
    {
      const HoneCategory *category = hone_ontology_get_nth (self->ontology, i);

      if (strcmp (category->name, category->key) != 0 && keeps (self, HONE_PART_NAME) == HONE_KEEPS_NO)
        self->counts[HONE_PART_NAME]++;
      if (category->definition != NULL && keeps (self, HONE_PART_DEFINITION) == HONE_KEEPS_NO)
        self->counts[HONE_PART_DEFINITION]++;
    }
}

static void
say (HoneLossReport *self,
     gulong          n,
     const char     *sentence)
{
  if (n > 0)
    g_ptr_array_add (self->sentences, g_strdup_printf (sentence, n));
}

static void
say_parts (HoneLossReport *self)
{
  const guint64 *n = self->counts;

  say (self, n[HONE_PART_OWN_ID],
       g_dngettext (GETTEXT_PACKAGE, "%lu own id will not be in the file",
                    "%lu own ids will not be in the file", n[HONE_PART_OWN_ID]));
  say (self, n[HONE_PART_META],
       g_dngettext (GETTEXT_PACKAGE, "Metadata of %lu text will not be in the file",
                    "Metadata of %lu texts will not be in the file", n[HONE_PART_META]));
  say (self, n[HONE_PART_NAME],
       g_dngettext (GETTEXT_PACKAGE, "%lu display name will not be in the file",
                    "%lu display names will not be in the file", n[HONE_PART_NAME]));
  say (self, n[HONE_PART_DEFINITION],
       g_dngettext (GETTEXT_PACKAGE, "%lu definition will not be in the file",
                    "%lu definitions will not be in the file", n[HONE_PART_DEFINITION]));
  if (keeps (self, HONE_PART_AUTHOR) == HONE_KEEPS_NO)
    say (self, n[HONE_PART_AUTHOR],
         g_dngettext (GETTEXT_PACKAGE, "The author of %lu label will not be in the file",
                      "The authors of %lu labels will not be in the file", n[HONE_PART_AUTHOR]));
  else
    say (self, n[HONE_PART_AUTHOR],
         g_dngettext (GETTEXT_PACKAGE, "%lu label of a further author will not be in the file",
                      "%lu labels of further authors will not be in the file", n[HONE_PART_AUTHOR]));
  say (self, n[HONE_PART_TIME],
       g_dngettext (GETTEXT_PACKAGE, "The time of %lu label will not be in the file",
                    "The times of %lu labels will not be in the file", n[HONE_PART_TIME]));
  say (self, n[HONE_PART_HISTORY],
       g_dngettext (GETTEXT_PACKAGE, "%lu earlier label will not be in the file",
                    "%lu earlier labels will not be in the file", n[HONE_PART_HISTORY]));
  say (self, n[HONE_PART_SKIP],
       g_dngettext (GETTEXT_PACKAGE, "%lu skip will not be in the file",
                    "%lu skips will not be in the file", n[HONE_PART_SKIP]));
  say (self, n[HONE_PART_PREDICTION],
       g_dngettext (GETTEXT_PACKAGE, "%lu prediction will not be in the file",
                    "%lu predictions will not be in the file", n[HONE_PART_PREDICTION]));
  say (self, n[HONE_PART_CONFIDENCE],
       g_dngettext (GETTEXT_PACKAGE, "The confidence of %lu prediction will not be in the file",
                    "The confidences of %lu predictions will not be in the file", n[HONE_PART_CONFIDENCE]));
  say (self, n[HONE_PART_MODELS],
       g_dngettext (GETTEXT_PACKAGE, "%lu prediction of another model will not be in the file",
                    "%lu predictions of other models will not be in the file", n[HONE_PART_MODELS]));
  say (self, n[HONE_PART_OUTCOME],
       g_dngettext (GETTEXT_PACKAGE, "%lu answer without a category will not be in the file",
                    "%lu answers without a category will not be in the file", n[HONE_PART_OUTCOME]));
  say (self, n[HONE_PART_SPLIT],
       g_dngettext (GETTEXT_PACKAGE, "The split of %lu text will not be in the file",
                    "The splits of %lu texts will not be in the file", n[HONE_PART_SPLIT]));
}

static void
say_extras (HoneLossReport *self)
{
  const guint64 *n = self->extras;

  say (self, n[EXTRA_TEST],
       g_dngettext (GETTEXT_PACKAGE, "%lu text of the test split will not be in the file",
                    "%lu texts of the test split will not be in the file", n[EXTRA_TEST]));
  say (self, n[EXTRA_UNWRITABLE],
       g_dngettext (GETTEXT_PACKAGE, "%lu text cannot be written in this format",
                    "%lu texts cannot be written in this format", n[EXTRA_UNWRITABLE]));
  say (self, n[EXTRA_NEWLINES],
       g_dngettext (GETTEXT_PACKAGE, "In %lu text newlines become blanks",
                    "In %lu texts newlines become blanks", n[EXTRA_NEWLINES]));
  say (self, n[EXTRA_TIES],
       g_dngettext (GETTEXT_PACKAGE, "%lu text whose labels tie will have no label",
                    "%lu texts whose labels tie will have no label", n[EXTRA_TIES]));
  say (self, n[EXTRA_OUTVOTED],
       g_dngettext (GETTEXT_PACKAGE, "%lu text on which people disagree gets the label of the majority",
                    "%lu texts on which people disagree get the label of the majority", n[EXTRA_OUTVOTED]));
  say (self, n[EXTRA_SUGGESTED],
       g_dngettext (GETTEXT_PACKAGE, "%lu label becomes a suggestion of “human”, since its author is no user of an Argilla server",
                    "%lu labels become suggestions of “human”, since their authors are no users of an Argilla server", n[EXTRA_SUGGESTED]));
  say (self, n[EXTRA_NOTES],
       g_dngettext (GETTEXT_PACKAGE, "%lu note will not be in the file",
                    "%lu notes will not be in the file", n[EXTRA_NOTES]));
  say (self, n[EXTRA_KNOWN],
       g_dngettext (GETTEXT_PACKAGE, "%lu known answer will not be in the file",
                    "%lu known answers will not be in the file", n[EXTRA_KNOWN]));
  say (self, n[EXTRA_FLAGS],
       g_dngettext (GETTEXT_PACKAGE, "%lu flag will not be in the file",
                    "%lu flags will not be in the file", n[EXTRA_FLAGS]));
}

/**
 * hone_loss_report_sentences:
 * @self: a report
 *
 * Returns: (transfer none) (array zero-terminated=1): what will not be in the file, one translated sentence for each kind, with
 *   counts; empty where nothing is lost. Valid until the next call.
 */
const char * const *
hone_loss_report_sentences (HoneLossReport *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_clear_pointer (&self->sentences, g_ptr_array_unref);
  self->sentences = g_ptr_array_new_with_free_func (g_free);
  count_categories (self);
  say_parts (self);
  say_extras (self);
  g_ptr_array_add (self->sentences, NULL);

  return (const char * const *) self->sentences->pdata;
}

/**
 * hone_loss_report_get_count:
 * @self: a report
 * @part: a part of an example
 *
 * Returns: how many things of this part will not be in the file: texts, ids, labels, skips, predictions, categories
 */
guint64
hone_loss_report_get_count (HoneLossReport *self,
                            HonePart        part)
{
  g_return_val_if_fail (self != NULL, 0);
  g_return_val_if_fail ((guint) part < HONE_N_PARTS, 0);

  count_categories (self);

  return self->counts[part];
}
