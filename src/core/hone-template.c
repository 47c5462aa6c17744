/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a model gets to see: fields, text form, hash, rendering. Reading answers back is hone-answer.c. */
#include "config.h"

#include <string.h>

#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "hone-string-list-private.h"
#include "hone-template-private.h"

#define FORM_NAME "hone-template-1"

enum {
  FIELD_INSTRUCTION,
  FIELD_PREFIX,
  FIELD_SUFFIX,
  FIELD_STOP,
  N_FIELDS,
};

struct _HoneTemplate {
  gatomicrefcount  ref_count;
  char            *fields[N_FIELDS];    /* never NULL */
  gboolean         first_of_several;
  char            *hash;
};

static char *
make_hash (const HoneTemplate *self)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *form = hone_template_to_string (self);
  g_autofree char *version = g_strdup_printf ("\nparser %d", HONE_ANSWER_PARSER_VERSION);

  g_checksum_update (checksum, (const guchar *) form, -1);
  g_checksum_update (checksum, (const guchar *) version, -1);

  return g_strconcat ("sha256:", g_checksum_get_string (checksum), NULL);
}

/* Text of a user that is no UTF-8 is mended once, here, and the same everywhere from then on. */
static char *
dup_field (const char *field)
{
  return field != NULL ? g_utf8_make_valid (field, -1) : g_strdup ("");
}

/**
 * hone_template_new:
 * @instruction: (nullable): what the model is asked, apart from the text
 * @prefix: (nullable): what stands before the text
 * @suffix: (nullable): what stands after it
 * @stop: (nullable): what follows the answer
 * @first_of_several: whether an answer that mentions several categories counts as the first of them (choice
 *   rule "one"), instead of as out of set
 *
 * Returns: (transfer full): a template
 */
HoneTemplate *
hone_template_new (const char *instruction,
                   const char *prefix,
                   const char *suffix,
                   const char *stop,
                   gboolean    first_of_several)
{
  HoneTemplate *self = g_new0 (HoneTemplate, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->fields[FIELD_INSTRUCTION] = dup_field (instruction);
  self->fields[FIELD_PREFIX] = dup_field (prefix);
  self->fields[FIELD_SUFFIX] = dup_field (suffix);
  self->fields[FIELD_STOP] = dup_field (stop);
  self->first_of_several = first_of_several != FALSE;
  self->hash = make_hash (self);

  return self;
}

/**
 * hone_template_new_default:
 *
 * Returns: (transfer full): the template that shows a model the text and nothing else
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
 * Returns: (transfer full): @self, held once more
 */
HoneTemplate *
hone_template_ref (HoneTemplate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

/**
 * hone_template_unref:
 * @self: (transfer full): a template
 *
 * Lets go of it; the last holder frees it. Any thread.
 */
void
hone_template_unref (HoneTemplate *self)
{
  g_return_if_fail (self != NULL);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;

  for (guint i = 0; i < N_FIELDS; i++)
    g_free (self->fields[i]);
  g_free (self->hash);
  g_free (self);
}

/**
 * hone_template_get_instruction:
 * @self: a template
 *
 * Returns: (transfer none): what the model is asked; may be empty
 */
const char *
hone_template_get_instruction (const HoneTemplate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->fields[FIELD_INSTRUCTION];
}

/**
 * hone_template_get_prefix:
 * @self: a template
 *
 * Returns: (transfer none): what stands before the text; may be empty
 */
const char *
hone_template_get_prefix (const HoneTemplate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->fields[FIELD_PREFIX];
}

/**
 * hone_template_get_suffix:
 * @self: a template
 *
 * Returns: (transfer none): what stands after the text; may be empty
 */
const char *
hone_template_get_suffix (const HoneTemplate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->fields[FIELD_SUFFIX];
}

/**
 * hone_template_get_stop:
 * @self: a template
 *
 * Returns: (transfer none): what follows the answer; may be empty
 */
const char *
hone_template_get_stop (const HoneTemplate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->fields[FIELD_STOP];
}

/**
 * hone_template_get_first_of_several:
 * @self: a template
 *
 * Returns: whether the first of several mentioned categories counts
 */
gboolean
hone_template_get_first_of_several (const HoneTemplate *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->first_of_several;
}

/**
 * hone_template_get_hash:
 * @self: a template
 *
 * Returns: (transfer none): "sha256:…" over all fields and the version of the answer parser
 */
const char *
hone_template_get_hash (const HoneTemplate *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->hash;
}

/* ---- the form in the project file: fields between ";", which no field holds unescaped ---- */

static const char escape_letters[] = "\\nrts";
static const char escape_values[] = "\\\n\r\t;";

static void
append_escaped (GString    *out,
                const char *field)
{
  for (; *field != '\0'; field++)
    {
      const char *found = strchr (escape_values, *field);

      if (found != NULL)
        {
          g_string_append_c (out, '\\');
          g_string_append_c (out, escape_letters[found - escape_values]);
        }
      else
        g_string_append_c (out, *field);
    }
}

static char *
unescape (const char *field)
{
  GString *out = g_string_new (NULL);

  for (; *field != '\0'; field++)
    {
      const char *found;

      if (*field != '\\')
        {
          g_string_append_c (out, *field);
          continue;
        }
      field++;
      found = *field != '\0' ? strchr (escape_letters, *field) : NULL;
      if (found == NULL)
        {
          g_string_free (out, TRUE);
          return NULL;
        }
      g_string_append_c (out, escape_values[found - escape_letters]);
    }

  return g_string_free (out, FALSE);
}

/**
 * hone_template_to_string:
 * @self: a template
 *
 * Returns: (transfer full): all of it on one line, for the project file
 */
char *
hone_template_to_string (const HoneTemplate *self)
{
  GString *out;

  g_return_val_if_fail (self != NULL, NULL);

  out = g_string_new (FORM_NAME ";");
  g_string_append (out, self->first_of_several ? "first" : "only");
  for (guint i = 0; i < N_FIELDS; i++)
    {
      g_string_append_c (out, ';');
      append_escaped (out, self->fields[i]);
    }

  return g_string_free (out, FALSE);
}

static void
refuse (GError     **error,
        const char  *string)
{
  g_autofree char *valid = g_utf8_make_valid (string, MIN (strlen (string), 60));

  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
               _("“%s” is not a template, a line that begins with “%s” and has %d parts was wanted"),
               valid, FORM_NAME ";", N_FIELDS + 2);
}

/**
 * hone_template_from_string:
 * @string: what hone_template_to_string() gave
 * @error: return location: %G_IO_ERROR_INVALID_DATA
 *
 * Returns: (transfer full) (nullable): the template, or %NULL where the string is none
 */
HoneTemplate *
hone_template_from_string (const char  *string,
                           GError     **error)
{
  g_auto(GStrv) parts = NULL;
  char *fields[N_FIELDS] = { NULL };
  HoneTemplate *self = NULL;
  gboolean good;

  g_return_val_if_fail (string != NULL, NULL);

  parts = g_strsplit (string, ";", N_FIELDS + 3);
  good = g_utf8_validate (string, -1, NULL) && g_strv_length (parts) == N_FIELDS + 2
         && strcmp (parts[0], FORM_NAME) == 0 && (strcmp (parts[1], "first") == 0 || strcmp (parts[1], "only") == 0);
  for (guint i = 0; good && i < N_FIELDS; i++)
    {
      fields[i] = unescape (parts[i + 2]);
      good = fields[i] != NULL;
    }

  if (good)
    self = hone_template_new (fields[FIELD_INSTRUCTION], fields[FIELD_PREFIX], fields[FIELD_SUFFIX],
                              fields[FIELD_STOP], strcmp (parts[1], "first") == 0);
  else
    refuse (error, string);

  for (guint i = 0; i < N_FIELDS; i++)
    g_free (fields[i]);
  return self;
}

/**
 * hone_template_render:
 * @self: a template
 * @text: the text of an example
 *
 * Returns: (transfer full): what the model sees of the example, the same in training, prediction and
 *   evaluation; the instruction is not in it
 */
char *
hone_template_render (const HoneTemplate *self,
                      const char         *text)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  return g_strconcat (self->fields[FIELD_PREFIX], text, self->fields[FIELD_SUFFIX], NULL);
}

/**
 * hone_template_render_answer:
 * @self: a template
 * @ontology: its categories
 * @categories: what the answer should say
 *
 * Writes the answer for training data: the key, or for choice rule "several" a JSON list of keys in display
 * order. hone_template_parse() reads exactly this back. The stop is not in it: the writer of a file adds it.
 *
 * Returns: (transfer full) (nullable): the answer, or %NULL where these categories cannot be an answer: none,
 *   unknown ones, or more than one where one is the rule
 */
char *
hone_template_render_answer (const HoneTemplate    *self,
                             const HoneOntology    *ontology,
                             const HoneCategorySet *categories)
{
  g_autoptr(GPtrArray) keys = NULL;
  gsize n;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (ontology != NULL, NULL);
  g_return_val_if_fail (categories != NULL, NULL);

  n = hone_category_set_get_size (categories);
  keys = g_ptr_array_new ();
  for (gsize i = 0; i < hone_ontology_get_size (ontology) && keys->len < n; i++)
    {
      const HoneCategory *category = hone_ontology_get_nth (ontology, i);

      if (hone_category_set_contains (categories, category->id))
        g_ptr_array_add (keys, category->key);
    }

  if (n == 0 || keys->len != n)
    return NULL;
  if (hone_ontology_get_choice (ontology) == HONE_CHOICE_SEVERAL)
    return _hone_string_list_write ((const char * const *) keys->pdata, n);

  return n == 1 ? g_strdup (g_ptr_array_index (keys, 0)) : NULL;
}
