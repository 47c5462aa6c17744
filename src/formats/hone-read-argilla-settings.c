/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Settings of Argilla 2 (.argilla/settings.json): which questions there are, their categories, and which fields are texts. */
#include "config.h"

#include "hone-read-argilla-settings-private.h"

#include <string.h>

static const char *
question_type (const HoneJson *question)
{
  const char *type = hone_json_get_string (hone_json_get_path (question, "settings.type"));

  return type != NULL ? type : "";
}

/**
 * _hone_argilla_question_is_labels:
 * @question: a question of the settings
 *
 * Returns: whether it asks for one or several labels, and not for a rating, a ranking or a text
 */
gboolean
_hone_argilla_question_is_labels (const HoneJson *question)
{
  return g_str_has_suffix (question_type (question), "label_selection");
}

/**
 * _hone_argilla_find_question:
 * @settings: (nullable): the settings
 * @wanted: (nullable): its name, or %NULL for the first about labels
 *
 * Returns: (transfer none) (nullable): the question
 */
const HoneJson *
_hone_argilla_find_question (const HoneJson *settings,
                             const char     *wanted)
{
  const HoneJson *questions = hone_json_get (settings, "questions");

  for (gsize i = 0; i < hone_json_get_size (questions); i++)
    {
      const HoneJson *question = hone_json_get_nth (questions, i);
      const char *name = hone_json_get_string (hone_json_get (question, "name"));

      if (name != NULL && (wanted != NULL ? strcmp (name, wanted) == 0 : _hone_argilla_question_is_labels (question)))
        return question;
    }

  return NULL;
}

/**
 * _hone_argilla_read_question:
 * @settings: the settings
 * @question: one of their questions
 * @error: return location: %HONE_ONTOLOGY_ERROR
 *
 * Returns: (transfer full) (nullable): its categories with the guidelines; %NULL without an error where it has none
 */
HoneOntology *
_hone_argilla_read_question (const HoneJson  *settings,
                             const HoneJson  *question,
                             GError         **error)
{
  gboolean several = strcmp (question_type (question), "multi_label_selection") == 0;
  const char *guidelines = hone_json_get_string (hone_json_get (settings, "guidelines"));
  const HoneJson *options = hone_json_get_path (question, "settings.options");
  g_autoptr(HoneOntology) ontology = NULL;

  ontology = hone_ontology_new (several ? HONE_CHOICE_SEVERAL : HONE_CHOICE_ONE, guidelines);
  for (gsize i = 0; i < hone_json_get_size (options); i++)
    {
      const HoneJson *option = hone_json_get_nth (options, i);
      g_autofree char *value = hone_json_dup_text (hone_json_get (option, "value"));
      g_autofree char *text = hone_json_dup_text (hone_json_get (option, "text"));
      HoneCategory category = { .key = value, .name = text != NULL ? text : value };
      guint id;

      if (category.name == NULL || hone_category_word_is_unable (category.name))
        continue;
      category.definition = (char *) hone_json_get_string (hone_json_get (option, "description"));
      id = hone_ontology_add (ontology, &category, NULL);
      if (id != 0)
        continue;

      /* Argilla allows blanks and marks in values, which keys cannot have. */
      category.key = NULL;
      id = hone_ontology_add (ontology, &category, error);
      if (id == 0 || (value != NULL && !hone_ontology_add_alias (ontology, id, value, error)))
        return NULL;
    }

  return hone_ontology_get_size (ontology) > 0 ? g_steal_pointer (&ontology) : NULL;
}

/**
 * _hone_argilla_join_fields:
 * @settings: (nullable): the settings
 *
 * Returns: (transfer full) (nullable): names of the text fields, as a comma list
 */
char *
_hone_argilla_join_fields (const HoneJson *settings)
{
  const HoneJson *fields = hone_json_get (settings, "fields");
  g_autoptr(GString) list = g_string_new (NULL);

  for (gsize i = 0; i < hone_json_get_size (fields); i++)
    {
      const HoneJson *field = hone_json_get_nth (fields, i);
      const char *name = hone_json_get_string (hone_json_get (field, "name"));
      const char *type = hone_json_get_string (hone_json_get_path (field, "settings.type"));

      if (name != NULL && (type == NULL || strcmp (type, "text") == 0))
        g_string_append_printf (list, list->len > 0 ? ",%s" : "%s", name);
    }

  return list->len > 0 ? g_string_free (g_steal_pointer (&list), FALSE) : NULL;
}
