/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the writers share: the label and the prediction that stand for an example in formats that hold only one, and JSON. */
#include "config.h"

#include <string.h>

#include "core/hone-reference.h"
#include "hone-writer-private.h"

/* ---- labels ---- */

static HoneCategorySet *
words_to_set (char               **words,
              const HoneOntology  *ontology)
{
  g_autofree guint *ids = NULL;
  gsize n = 0;

  if (words == NULL)
    return NULL;

  ids = g_new (guint, g_strv_length (words));
  for (gsize i = 0; words[i] != NULL; i++)
    {
      const HoneCategory *category = hone_ontology_get_by_key (ontology, words[i]);

      if (category != NULL)
        ids[n++] = category->id;
    }

  return n > 0 ? hone_category_set_new (ids, n) : NULL;
}

static const char *
author_of (const HoneRecordLabel *label)
{
  return label->author != NULL ? label->author : "import";
}

static gint64
author_number (const HoneRecord *record,
               guint             nth)
{
  const char *author = author_of (g_ptr_array_index (record->labels, nth));

  for (guint i = 0; i < nth; i++)
    {
      if (strcmp (author_of (g_ptr_array_index (record->labels, i)), author) == 0)
        return i;
    }

  return nth;
}

HoneReferenceState
_hone_record_reference (const HoneRecord    *record,
                        const HoneOntology  *ontology,
                        HoneCategorySet    **set)
{
  g_autofree HoneDecision *decisions = g_new0 (HoneDecision, record->labels->len);
  HoneReference reference;
  gsize n = 0;

  for (guint i = 0; i < record->labels->len; i++)
    {
      const HoneRecordLabel *label = g_ptr_array_index (record->labels, i);
      HoneCategorySet *categories = label->skip ? NULL : words_to_set (label->words, ontology);

      /* A label without a known category is none. */
      if (!label->skip && categories == NULL)
        continue;
      decisions[n++] = (HoneDecision) { author_number (record, i), label->time, i, label->origin, categories };
    }

  hone_reference_find (decisions, n, hone_ontology_get_choice (ontology), &reference);
  for (gsize i = 0; i < n; i++)
    g_clear_pointer (&decisions[i].categories, hone_category_set_unref);
  if (set != NULL)
    *set = reference.state == HONE_REFERENCE_LABELLED ? hone_category_set_ref (reference.categories) : NULL;
  hone_reference_clear (&reference);

  return reference.state;
}

GStrv
_hone_writer_reference (HoneWriter       *self,
                        const HoneRecord *record)
{
  g_autoptr(HoneCategorySet) set = NULL;
  g_autoptr(GStrvBuilder) keys = NULL;

  if (!self->with_labels)
    return NULL;

  _hone_record_reference (record, self->ontology, &set);
  if (set == NULL)
    return NULL;

  keys = g_strv_builder_new ();
  for (gsize i = 0; i < hone_ontology_get_size (self->ontology); i++)
    {
      const HoneCategory *category = hone_ontology_get_nth (self->ontology, i);

      if (hone_category_set_contains (set, category->id))
        g_strv_builder_add (keys, category->key);
    }

  return g_strv_builder_end (keys);
}

const HoneRecordLabel *
_hone_writer_counting_label (HoneWriter       *self,
                             const HoneRecord *record)
{
  g_autoptr(HoneCategorySet) set = NULL;
  const HoneRecordLabel *found = NULL;

  if (!self->with_labels)
    return NULL;

  _hone_record_reference (record, self->ontology, &set);
  for (guint i = 0; i < record->labels->len && set != NULL; i++)
    {
      const HoneRecordLabel *label = g_ptr_array_index (record->labels, i);
      g_autoptr(HoneCategorySet) categories = label->skip ? NULL : words_to_set (label->words, self->ontology);

      if (categories != NULL && hone_category_set_equal (categories, set) && (found == NULL || label->time >= found->time))
        found = label;
    }

  return found;
}

const HoneRecordLabel *
_hone_writer_skip (HoneWriter       *self,
                   const HoneRecord *record)
{
  const HoneRecordLabel *found = NULL;

  if (!self->with_labels || _hone_record_reference (record, self->ontology, NULL) != HONE_REFERENCE_NONE)
    return NULL;

  for (guint i = 0; i < record->labels->len; i++)
    {
      const HoneRecordLabel *label = g_ptr_array_index (record->labels, i);

      if (label->skip && (found == NULL || label->time >= found->time))
        found = label;
    }

  return found;
}

const HoneRecordPrediction *
_hone_writer_prediction (HoneWriter       *self,
                         const HoneRecord *record)
{
  if (!self->with_predictions)
    return NULL;

  for (guint i = record->predictions->len; i-- > 0;)
    {
      const HoneRecordPrediction *prediction = g_ptr_array_index (record->predictions, i);

      if (prediction->outcome != HONE_OUTCOME_FAILED && (self->model == NULL || g_strcmp0 (prediction->model, self->model) == 0))
        return prediction;
    }

  return NULL;
}

const char *
_hone_writer_name (HoneWriter *self,
                   const char *key)
{
  const HoneCategory *category = hone_ontology_get_by_key (self->ontology, key);

  return category != NULL ? category->name : key;
}

HoneSplit
_hone_record_split (const HoneRecord *record)
{
  return record->split >= 0 && record->split < HONE_N_SPLITS ? (HoneSplit) record->split : HONE_SPLIT_TRAIN;
}

/* ---- JSON ---- */

void
_hone_print_member (GString    *out,
                    const char *name)
{
  if (out->len > 0 && out->str[out->len - 1] != '{')
    g_string_append_c (out, ',');
  hone_json_print_string (out, name);
  g_string_append_c (out, ':');
}

void
_hone_print_string (GString    *out,
                    const char *name,
                    const char *value)
{
  if (value == NULL)
    return;

  _hone_print_member (out, name);
  hone_json_print_string (out, value);
}

void
_hone_print_list (GString      *out,
                  char * const *values)
{
  g_string_append_c (out, '[');
  for (gsize i = 0; values != NULL && values[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      hone_json_print_string (out, values[i]);
    }
  g_string_append_c (out, ']');
}

void
_hone_print_meta_members (GString            *out,
                          const char         *meta,
                          const char * const *but)
{
  g_autoptr(HoneJson) object = meta != NULL ? hone_json_parse (meta, -1, NULL) : NULL;

  if (hone_json_get_type_of (object) != HONE_JSON_OBJECT)
    return;

  for (gsize i = 0; i < hone_json_get_size (object); i++)
    {
      const char *name = hone_json_get_name (object, i);

      if (but != NULL && g_strv_contains (but, name))
        continue;
      _hone_print_member (out, name);
      hone_json_print (hone_json_get_nth (object, i), out);
    }
}

gboolean
_hone_unwritable (GError     **error,
                  const char  *format,
                  ...)
{
  va_list arguments;

  va_start (arguments, format);
  if (error != NULL)
    *error = g_error_new_valist (HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_UNWRITABLE, format, arguments);
  va_end (arguments);

  return FALSE;
}
