/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Ontologies in files: Kili's interface, Argilla's settings, lists of names. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-reader-private.h"

/* Ten thousand categories with long definitions stay well below. */
#define MAX_BYTES (16 * 1024 * 1024)

/* UNABLE_TO_CLASSIFY is how abstentions look, never a category. */
static gboolean
add (HoneOntology        *ontology,
     const HoneCategory  *category,
     GError             **error)
{
  const char *word = category->key != NULL && *category->key != '\0' ? category->key : category->name;

  if (word != NULL && hone_category_word_is_unable (word))
    return TRUE;

  return hone_ontology_add (ontology, category, error) != 0;
}

static const char *
member (const HoneJson *object,
        const char     *name)
{
  return hone_json_get_string (hone_json_get (object, name));
}

static gboolean
malformed (GError     **error,
           const char  *reason)
{
  g_set_error_literal (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_MALFORMED, reason);

  return FALSE;
}

/* ---- Kili: jobs.<JOB>.content.categories.<KEY> ---- */

static const HoneJson *
find_job (const HoneJson *jobs)
{
  for (gsize i = 0; i < hone_json_get_size (jobs); i++)
    {
      const HoneJson *job = hone_json_get_nth (jobs, i);

      if (g_strcmp0 (member (job, "mlTask"), "CLASSIFICATION") == 0 && !hone_json_get_boolean (hone_json_get (job, "isChild")))
        return job;
    }

  return NULL;
}

static gboolean
kili_choice (const HoneJson  *job,
             HoneChoice      *choice,
             GError         **error)
{
  const char *input = hone_json_get_string (hone_json_get_path (job, "content.input"));

  if (g_strcmp0 (input, "radio") == 0 || g_strcmp0 (input, "singleDropdown") == 0)
    *choice = HONE_CHOICE_ONE;
  else if (g_strcmp0 (input, "checkbox") == 0 || g_strcmp0 (input, "multipleDropdown") == 0)
    *choice = HONE_CHOICE_SEVERAL;
  else
    {
      g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_MALFORMED,
                   _("the job's input is “%s”, where radio, checkbox or a dropdown was expected"), input != NULL ? input : "");
      return FALSE;
    }

  return TRUE;
}

static HoneOntology *
read_kili (const HoneJson  *value,
           GError         **error)
{
  const HoneJson *job = find_job (hone_json_get (value, "jobs"));
  const HoneJson *categories = hone_json_get_path (job, "content.categories");
  g_autoptr(HoneOntology) ontology = NULL;
  HoneChoice choice;

  if (job == NULL)
    {
      malformed (error, _("the interface has no classification job"));
      return NULL;
    }
  if (!kili_choice (job, &choice, error))
    return NULL;

  ontology = hone_ontology_new (choice, member (job, "instruction"));
  for (gsize i = 0; i < hone_json_get_size (categories); i++)
    {
      const HoneJson *entry = hone_json_get_nth (categories, i);
      HoneCategory category = {
        .key = (char *) hone_json_get_name (categories, i),
        .name = (char *) member (entry, "name"),
        .definition = (char *) member (entry, "definition"),
        .color = (char *) member (entry, "color"),
      };

      if (!add (ontology, &category, error))
        return NULL;
    }

  return g_steal_pointer (&ontology);
}

/* ---- Argilla: questions[].settings.options[] ---- */

static const HoneJson *
find_question (const HoneJson *questions,
               HoneChoice     *choice)
{
  for (gsize i = 0; i < hone_json_get_size (questions); i++)
    {
      const HoneJson *question = hone_json_get_nth (questions, i);
      const char *type = hone_json_get_string (hone_json_get_path (question, "settings.type"));

      *choice = g_strcmp0 (type, "multi_label_selection") == 0 ? HONE_CHOICE_SEVERAL : HONE_CHOICE_ONE;
      if (*choice == HONE_CHOICE_SEVERAL || g_strcmp0 (type, "label_selection") == 0)
        return question;
    }

  return NULL;
}

static HoneOntology *
read_argilla (const HoneJson  *value,
              GError         **error)
{
  g_autoptr(HoneOntology) ontology = NULL;
  const HoneJson *question, *options;
  const char *instruction = member (value, "guidelines");
  HoneChoice choice;

  question = find_question (hone_json_get (value, "questions"), &choice);
  if (question == NULL)
    {
      malformed (error, _("the settings have no question with labels to select"));
      return NULL;
    }
  if (instruction == NULL || *instruction == '\0')
    instruction = member (question, "title");

  ontology = hone_ontology_new (choice, instruction);
  options = hone_json_get_path (question, "settings.options");
  for (gsize i = 0; i < hone_json_get_size (options); i++)
    {
      const HoneJson *option = hone_json_get_nth (options, i);
      g_autofree char *key = hone_json_dup_text (hone_json_get (option, "value"));
      HoneCategory category = {
        .key = key,
        .name = (char *) member (option, "text"),
        .definition = (char *) member (option, "description"),
      };

      if (!add (ontology, &category, error))
        return NULL;
    }

  return g_steal_pointer (&ontology);
}

/* ---- lists ---- */

/* A name, or an object with one. */
static gboolean
add_entry (HoneOntology    *ontology,
           const HoneJson  *entry,
           GError         **error)
{
  g_autofree char *name = hone_json_dup_text (entry);
  HoneCategory category = { .name = name };

  if (hone_json_get_type_of (entry) == HONE_JSON_OBJECT)
    {
      category.key = (char *) member (entry, "key");
      category.name = (char *) (member (entry, "name") != NULL ? member (entry, "name") : member (entry, "text"));
      category.definition = (char *) member (entry, "definition");
      category.color = (char *) member (entry, "color");
      if (category.name == NULL)
        category.name = category.key;
    }
  if (category.name == NULL)
    return malformed (error, _("an entry of the list is neither a name nor an object with a “name”"));

  return add (ontology, &category, error);
}

static HoneOntology *
read_list (const HoneJson  *value,
           GError         **error)
{
  g_autoptr(HoneOntology) ontology = hone_ontology_new (HONE_CHOICE_ONE, NULL);

  for (gsize i = 0; i < hone_json_get_size (value); i++)
    {
      if (!add_entry (ontology, hone_json_get_nth (value, i), error))
        return NULL;
    }

  return g_steal_pointer (&ontology);
}

static HoneOntology *
read_lines (const char  *text,
            GError     **error)
{
  g_autoptr(HoneOntology) ontology = hone_ontology_new (HONE_CHOICE_ONE, NULL);
  g_auto(GStrv) lines = g_strsplit_set (text, "\r\n", -1);

  for (gsize i = 0; lines[i] != NULL; i++)
    {
      HoneCategory category = { .name = g_strstrip (lines[i]) };

      if (*lines[i] != '\0' && !add (ontology, &category, error))
        return NULL;
    }

  return g_steal_pointer (&ontology);
}

/**
 * hone_ontology_read_json:
 * @value: what such a file holds
 * @error: return location for an error, without the file's name
 *
 * Returns: (transfer full) (nullable): the ontology, which may be empty
 */
HoneOntology *
hone_ontology_read_json (const HoneJson  *value,
                         GError         **error)
{
  if (hone_json_get_type_of (value) == HONE_JSON_ARRAY)
    return read_list (value, error);
  if (hone_json_get_type_of (hone_json_get (value, "jobs")) == HONE_JSON_OBJECT)
    return read_kili (value, error);
  if (hone_json_get_type_of (hone_json_get (value, "questions")) == HONE_JSON_ARRAY)
    return read_argilla (value, error);
  malformed (error, _("it is neither a Kili interface nor Argilla's settings nor a list of names"));

  return NULL;
}

static HoneOntology *
read_text (const HoneSource  *source,
           const char        *text,
           GError           **error)
{
  const char *start = text + strspn (text, " \t\r\n");
  g_autoptr(HoneJson) value = NULL;

  if (*start != '{' && *start != '[')
    {
      if (hone_source_has_suffix (source, ".json"))
        {
          malformed (error, _("it is no JSON"));
          return NULL;
        }
      return read_lines (text, error);
    }
  value = hone_json_parse (text, -1, error);

  return value != NULL ? hone_ontology_read_json (value, error) : NULL;
}

/**
 * hone_ontology_read_file:
 * @path: Kili interface JSON, Argilla's `settings.json`, a JSON list of names, or a text with one name per line
 * @error: return location for an error
 *
 * Reads the categories of a project. UNABLE_TO_CLASSIFY is passed over: it is never a category. Of a Kili interface the first
 * classification job counts that is no child.
 *
 * Returns: (transfer full) (nullable): the ontology with at least one category
 */
HoneOntology *
hone_ontology_read_file (const char  *path,
                         GError     **error)
{
  const char *paths[] = { path, NULL };
  g_autoptr(GPtrArray) sources = NULL;
  g_autoptr(HoneOntology) ontology = NULL;
  g_autofree char *text = NULL;
  const HoneSource *source;

  g_return_val_if_fail (path != NULL, NULL);

  if (g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_OPEN, _("“%s” is a folder, where a file was expected"), path);
      return NULL;
    }
  sources = hone_sources_find (paths, error);
  if (sources == NULL)
    return NULL;
  source = g_ptr_array_index (sources, 0);
  text = hone_source_load (source, NULL, MAX_BYTES, error);
  if (text == NULL)
    return NULL;

  ontology = read_text (source, text, error);
  if (ontology == NULL)
    {
      g_prefix_error (error, _("“%s”: "), path);
      return NULL;
    }
  if (hone_ontology_get_size (ontology) == 0)
    {
      g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_EMPTY, _("“%s” names no category"), path);
      return NULL;
    }

  return g_steal_pointer (&ontology);
}

/* ---- writing ---- */

static void
print_member (GString    *out,
              const char *name,
              const char *value)
{
  g_string_append_c (out, ',');
  hone_json_print_string (out, name);
  g_string_append_c (out, ':');
  hone_json_print_string (out, value);
}

static void
print_category (GString            *out,
                const HoneCategory *category)
{
  hone_json_print_string (out, category->key);
  g_string_append (out, ":{\"name\":");
  hone_json_print_string (out, category->name);
  g_string_append (out, ",\"children\":[]");
  if (category->color != NULL)
    print_member (out, "color", category->color);
  if (category->definition != NULL)
    print_member (out, "definition", category->definition);
  g_string_append_c (out, '}');
}

/**
 * hone_ontology_to_kili_json:
 * @ontology: categories of a project
 *
 * Writes the interface that Kili takes when a project is made. Definitions stand in a member `definition` that Kili passes over.
 *
 * Returns: (transfer full): the JSON text, ending with a newline
 */
char *
hone_ontology_to_kili_json (const HoneOntology *ontology)
{
  GString *out;

  g_return_val_if_fail (ontology != NULL, NULL);

  out = g_string_new ("{\"jobs\":{\"CLASSIFICATION_JOB\":{\"mlTask\":\"CLASSIFICATION\",\"required\":1,\"isChild\":false");
  print_member (out, "instruction", hone_ontology_get_instruction (ontology) != NULL ? hone_ontology_get_instruction (ontology) : "");
  g_string_append (out, ",\"content\":{\"categories\":{");
  for (gsize i = 0; i < hone_ontology_get_size (ontology); i++)
    {
      if (i > 0)
        g_string_append_c (out, ',');
      print_category (out, hone_ontology_get_nth (ontology, i));
    }
  g_string_append (out, "},\"input\":");
  hone_json_print_string (out, hone_ontology_get_choice (ontology) == HONE_CHOICE_SEVERAL ? "checkbox" : "radio");
  g_string_append (out, "}}}}\n");

  return g_string_free (out, FALSE);
}
