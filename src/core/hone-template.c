/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Renders texts and answers; src/core/hone-answer.c reads answers back. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-template.h"

/* Changes whenever hone_template_parse() would read some answer differently: part of the hash. */
#define PARSER_VERSION 1
#define N_FIELDS       4

struct _HoneTemplate {
  gatomicrefcount  ref_count;
  char            *fields[N_FIELDS];   /* instruction, prefix, suffix, stop; never NULL */
  gboolean         first_of_several;
  char            *hash;
};

/**
 * hone_template_new:
 * @instruction: (nullable): what a chat model is told beside the text
 * @prefix: (nullable): stands before the text
 * @suffix: (nullable): stands after the text
 * @stop: (nullable): ends an answer
 * @first_of_several: whether of several categories mentioned the first is the answer, instead of none
 *
 * Returns: (transfer full): an immutable template; thread-safe
 */
HoneTemplate *
hone_template_new (const char *instruction,
                   const char *prefix,
                   const char *suffix,
                   const char *stop,
                   gboolean    first_of_several)
{
  HoneTemplate *self = g_new0 (HoneTemplate, 1);
  const char *fields[N_FIELDS] = { instruction, prefix, suffix, stop };
  g_autofree char *text = NULL, *versioned = NULL, *sum = NULL;

  g_atomic_ref_count_init (&self->ref_count);
  for (int i = 0; i < N_FIELDS; i++)
    self->fields[i] = g_strdup (fields[i] ? fields[i] : "");
  self->first_of_several = !!first_of_several;
  text = hone_template_to_string (self);
  versioned = g_strdup_printf ("%d %s", PARSER_VERSION, text);
  sum = g_compute_checksum_for_string (G_CHECKSUM_SHA256, versioned, -1);
  self->hash = g_strconcat ("sha256:", sum, NULL);
  return self;
}

/**
 * hone_template_new_default:
 *
 * Returns: (transfer full): the template of local methods: the text itself
 */
HoneTemplate *
hone_template_new_default (void)
{
  return hone_template_new (NULL, NULL, NULL, NULL, FALSE);
}

/**
 * hone_template_ref:
 * @self: a template
 *
 * Returns: (transfer full): @self
 */
HoneTemplate *
hone_template_ref (HoneTemplate *self)
{
  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * hone_template_unref:
 * @self: (transfer full): a template
 */
void
hone_template_unref (HoneTemplate *self)
{
  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  for (int i = 0; i < N_FIELDS; i++)
    g_free (self->fields[i]);
  g_free (self->hash);
  g_free (self);
}

/**
 * hone_template_get_instruction:
 * @self: a template
 *
 * Returns: what a chat model is told; may be empty
 */
const char *
hone_template_get_instruction (const HoneTemplate *self)
{
  return self->fields[0];
}

/**
 * hone_template_get_prefix:
 * @self: a template
 *
 * Returns: what stands before the text; may be empty
 */
const char *
hone_template_get_prefix (const HoneTemplate *self)
{
  return self->fields[1];
}

/**
 * hone_template_get_suffix:
 * @self: a template
 *
 * Returns: what stands after the text; may be empty
 */
const char *
hone_template_get_suffix (const HoneTemplate *self)
{
  return self->fields[2];
}

/**
 * hone_template_get_stop:
 * @self: a template
 *
 * Returns: what ends an answer; may be empty
 */
const char *
hone_template_get_stop (const HoneTemplate *self)
{
  return self->fields[3];
}

/**
 * hone_template_get_first_of_several:
 * @self: a template
 *
 * Returns: whether of several categories mentioned the first counts
 */
gboolean
hone_template_get_first_of_several (const HoneTemplate *self)
{
  return self->first_of_several;
}

/**
 * hone_template_get_hash:
 * @self: a template
 *
 * Returns: “sha256:…” over all fields and the version of the answer parser
 */
const char *
hone_template_get_hash (const HoneTemplate *self)
{
  return self->hash;
}

/**
 * hone_template_to_string:
 * @self: a template
 *
 * Returns: (transfer full): one line that hone_template_from_string() reads back: `all` or `first`, then the fields with C
 *   escapes, separated by tabs
 */
char *
hone_template_to_string (const HoneTemplate *self)
{
  GString *line = g_string_new (self->first_of_several ? "first" : "all");

  for (int i = 0; i < N_FIELDS; i++)
    {
      g_autofree char *escaped = g_strescape (self->fields[i], NULL);

      g_string_append_c (line, '\t');
      g_string_append (line, escaped);
    }
  return g_string_free (line, FALSE);
}

/**
 * hone_template_from_string:
 * @string: what hone_template_to_string() gave
 * @error: return location for a `G_IO_ERROR_INVALID_DATA`
 *
 * Returns: (transfer full) (nullable): the template
 */
HoneTemplate *
hone_template_from_string (const char  *string,
                           GError     **error)
{
  g_auto(GStrv) parts = g_strsplit (string, "\t", N_FIELDS + 2);
  gboolean first = g_strcmp0 (parts[0], "first") == 0;
  gboolean good = g_strv_length (parts) == N_FIELDS + 1 && (first || g_strcmp0 (parts[0], "all") == 0);
  char *fields[N_FIELDS] = { NULL };
  HoneTemplate *self = NULL;

  for (int i = 0; good && i < N_FIELDS; i++)
    {
      fields[i] = g_strcompress (parts[i + 1]);
      good = g_utf8_validate (fields[i], -1, NULL);
    }
  if (good)
    self = hone_template_new (fields[0], fields[1], fields[2], fields[3], first);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, _("“%.80s” is no template"), string);
  for (int i = 0; i < N_FIELDS; i++)
    g_free (fields[i]);
  return self;
}

/**
 * hone_template_render:
 * @self: a template
 * @text: of an example
 *
 * Returns: (transfer full): exactly what a model sees, in training, prediction and evaluation alike
 */
char *
hone_template_render (const HoneTemplate *self,
                      const char         *text)
{
  return g_strconcat (self->fields[1], text, self->fields[2], NULL);
}

static void
append_json_string (GString    *json,
                    const char *string)
{
  g_string_append_c (json, '"');
  for (const char *c = string; *c; c++)
    {
      if (*c == '"' || *c == '\\')
        g_string_append_c (json, '\\');
      if ((guchar) *c < 0x20)
        g_string_append_printf (json, "\\u%04x", (guchar) *c);
      else
        g_string_append_c (json, *c);
    }
  g_string_append_c (json, '"');
}

/**
 * hone_template_render_answer:
 * @self: a template
 * @ontology: of the project
 * @categories: a reference label
 *
 * Returns: (transfer full): what training data says for these categories: the key, or for choice rule “several” a JSON list of
 *   keys, and the stop; hone_template_parse() reads exactly this back
 */
char *
hone_template_render_answer (const HoneTemplate    *self,
                             const HoneOntology    *ontology,
                             const HoneCategorySet *categories)
{
  gboolean several = hone_ontology_get_choice (ontology) == HONE_CHOICE_SEVERAL;
  GString *answer = g_string_new (several ? "[" : NULL);
  gsize n, n_given = 0;
  const guint *ids = hone_category_set_get_ids (categories, &n);

  for (gsize i = 0; i < n; i++)
    {
      const HoneCategory *category = hone_ontology_get_by_id (ontology, ids[i]);

      if (!category)
        continue;
      if (n_given++ > 0)
        g_string_append (answer, ", ");
      if (several)
        append_json_string (answer, category->key);
      else
        g_string_append (answer, category->key);
    }
  g_string_append (answer, several ? "]" : "");
  g_string_append (answer, self->fields[3]);
  return g_string_free (answer, FALSE);
}
