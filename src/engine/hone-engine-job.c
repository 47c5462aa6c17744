/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The job comes from another program: nothing in it is believed before it was looked at. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-engine-error.h"
#include "hone-engine-job.h"
#include "hone-engine-json.h"
#include "hone-engine-lines.h"
#include "hone-engine-protocol.h"
#include "hone-ngrams-model.h"

#define MAX_KEY 1024   /* bytes; keeps lines of events and predictions bounded */

struct _HoneEngineKeys {
  GHashTable *indices;   /* borrowed key → index + 1 */
};

/**
 * hone_engine_job_free:
 * @self: (transfer full): a job
 *
 * Frees the job.
 */
void
hone_engine_job_free (HoneEngineJob *self)
{
  g_return_if_fail (self != NULL);

  g_free (self->kind);
  g_free (self->method);
  g_free (self->base_model);
  g_free (self->parent_model);
  g_strfreev (self->keys);
  g_strfreev (self->unknown);
  g_free (self);
}

static gboolean
bad_job (GError    **error,
         const char *format,
         ...) G_GNUC_PRINTF (2, 3);

static gboolean
bad_job (GError    **error,
         const char *format,
         ...)
{
  g_autofree char *message = NULL;
  va_list arguments;

  va_start (arguments, format);
  message = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error_literal (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_BAD_JOB, message);
  return FALSE;
}

static gboolean
read_protocol (JsonObject *object,
               GError    **error)
{
  gint64 protocol = 0;

  if (!hone_engine_json_get_integer (object, "protocol", &protocol, error))
    return FALSE;
  if (protocol == HONE_PROTOCOL_VERSION)
    return TRUE;
  return bad_job (error, _("protocol is %ld, this program speaks %d"), (glong) protocol, HONE_PROTOCOL_VERSION);
}

static gboolean
read_words (HoneEngineJob *self,
            JsonObject    *object,
            GError       **error)
{
  const char *kind = NULL, *method = NULL, *base = NULL, *parent = NULL, *choice = NULL;

  if (!hone_engine_json_get_string (object, "kind", &kind, error)
      || !hone_engine_json_get_string (object, "method", &method, error)
      || !hone_engine_json_get_string (object, "base_model", &base, error)
      || !hone_engine_json_get_string (object, "parent_model", &parent, error)
      || !hone_engine_json_get_string (object, "choice", &choice, error))
    return FALSE;
  if (kind == NULL)
    return bad_job (error, _("“%s” is missing"), "kind");
  if (choice == NULL)
    return bad_job (error, _("“%s” is missing"), "choice");
  if (!hone_choice_from_string (choice, &self->choice))
    return bad_job (error, _("choice is “%s”, wanted is “one” or “several”"), choice);
  self->kind = g_strdup (kind);
  self->method = g_strdup (method);
  self->base_model = g_strdup (base);
  self->parent_model = g_strdup (parent);
  return TRUE;
}

static gboolean
read_numbers (HoneEngineJob *self,
              JsonObject    *object,
              GError       **error)
{
  gint64 seed = 0, threads = 1;

  if (!hone_engine_json_get_integer (object, "seed", &seed, error)
      || !hone_engine_json_get_integer (object, "threads", &threads, error))
    return FALSE;
  if (threads < 1)
    return bad_job (error, _("threads is %ld, wanted is 1 or more"), (glong) threads);
  self->seed = (guint64) seed;   /* JSON has no unsigned numbers: the upper half comes as negative ones */
  self->threads = (guint) MIN (threads, HONE_ENGINE_MAX_THREADS);
  return TRUE;
}

static const char *
read_key (JsonNode *node,
          GError  **error)
{
  const char *key = NULL;

  if (!JSON_NODE_HOLDS_OBJECT (node))
    bad_job (error, _("“%s” holds something that is not an object"), "categories");
  else if (hone_engine_json_get_string (json_node_get_object (node), "key", &key, error))
    {
      if (key != NULL && *key != '\0' && strlen (key) <= MAX_KEY)
        return key;
      bad_job (error, _("A category has no key, or one of more than %d bytes"), MAX_KEY);
    }
  return NULL;
}

static gboolean
read_categories (HoneEngineJob *self,
                 JsonObject    *object,
                 GError       **error)
{
  g_autoptr(GPtrArray) keys = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);
  JsonArray *array = NULL;
  guint n;

  if (!hone_engine_json_get_array (object, "categories", &array, error))
    return FALSE;
  n = array != NULL ? json_array_get_length (array) : 0;
  if (n == 0 || n > HONE_NGRAMS_MAX_CATEGORIES)
    return bad_job (error, _("The job has %u categories, wanted are 1 to %d"), n, HONE_NGRAMS_MAX_CATEGORIES);
  for (guint i = 0; i < n; i++)
    {
      const char *key = read_key (json_array_get_element (array, i), error);

      if (key == NULL)
        return FALSE;
      g_ptr_array_add (keys, g_strdup (key));
      if (!g_hash_table_add (known, keys->pdata[i]))
        return bad_job (error, _("The category “%s” is there twice"), key);
    }
  self->n_categories = n;
  g_ptr_array_add (keys, NULL);
  self->keys = (char **) g_ptr_array_free (g_steal_pointer (&keys), FALSE);
  return TRUE;
}

/* --set gives words: true, "true" and 1 all mean yes. */
static gboolean
read_switch (JsonNode   *node,
             const char *name,
             gboolean   *value,
             GError    **error)
{
  GType type = JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : G_TYPE_INVALID;

  if (JSON_NODE_HOLDS_NULL (node))
    return TRUE;
  if (type == G_TYPE_BOOLEAN)
    *value = json_node_get_boolean (node);
  else if (type == G_TYPE_INT64 && (json_node_get_int (node) == 0 || json_node_get_int (node) == 1))
    *value = json_node_get_int (node) == 1;
  else if (type == G_TYPE_STRING && g_str_equal (json_node_get_string (node), "true"))
    *value = TRUE;
  else if (type == G_TYPE_STRING && g_str_equal (json_node_get_string (node), "false"))
    *value = FALSE;
  else
    return bad_job (error, _("“%s” is neither true nor false"), name);
  return TRUE;
}

static gboolean
read_hyperparameters (HoneEngineJob *self,
                      JsonObject    *object,
                      GError       **error)
{
  g_autoptr(GPtrArray) unknown = g_ptr_array_new_with_free_func (g_free);
  JsonObject *members = NULL;
  JsonObjectIter iter;
  const char *name;
  JsonNode *node;

  if (!hone_engine_json_get_object (object, "hyperparameters", &members, error))
    return FALSE;
  if (members != NULL)
    {
      json_object_iter_init_ordered (&iter, members);
      while (json_object_iter_next_ordered (&iter, &name, &node))
        {
          if (!g_str_equal (name, "self_training"))
            g_ptr_array_add (unknown, g_strndup (name, MAX_KEY));
          else if (!read_switch (node, name, &self->self_training, error))
            return FALSE;
        }
    }
  g_ptr_array_add (unknown, NULL);
  self->unknown = (char **) g_ptr_array_free (g_steal_pointer (&unknown), FALSE);
  return TRUE;
}

/**
 * hone_engine_job_parse:
 * @text: what stands in job.json
 * @length: bytes
 * @error: return location for %HONE_ENGINE_ERROR_BAD_JOB
 *
 * Reads a job. Members it does not know are passed over.
 *
 * Returns: (transfer full): the job, or %NULL
 */
HoneEngineJob *
hone_engine_job_parse (const char *text,
                       gsize       length,
                       GError    **error)
{
  g_autoptr(HoneEngineJob) self = g_new0 (HoneEngineJob, 1);
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GError) cause = NULL;
  JsonObject *object = hone_engine_json_parse (parser, text, length, &cause);

  if (object != NULL
      && read_protocol (object, &cause)
      && read_words (self, object, &cause)
      && read_numbers (self, object, &cause)
      && read_categories (self, object, &cause)
      && read_hyperparameters (self, object, &cause))
    return g_steal_pointer (&self);
  bad_job (error, _("“%s” cannot be used: %s"), HONE_PROTOCOL_JOB_FILE, cause->message);
  return NULL;
}

/**
 * hone_engine_job_load:
 * @path: of job.json
 * @error: return location for %HONE_ENGINE_ERROR_BAD_JOB
 *
 * Reads a job file of bounded size.
 *
 * Returns: (transfer full): the job, or %NULL
 */
HoneEngineJob *
hone_engine_job_load (const char *path,
                      GError    **error)
{
  g_autoptr(HoneEngineLines) lines = NULL;
  g_autoptr(GString) text = g_string_new (NULL);
  g_autoptr(GError) cause = NULL;
  const char *line;
  gsize length;

  lines = hone_engine_lines_open (path, &cause);
  while (lines != NULL && text->len <= HONE_ENGINE_MAX_JOB_FILE && (line = hone_engine_lines_next (lines, &length, &cause)) != NULL)
    {
      g_string_append_len (text, line, (gssize) length);
      g_string_append_c (text, '\n');
    }
  if (cause == NULL && text->len <= HONE_ENGINE_MAX_JOB_FILE)
    return hone_engine_job_parse (text->str, text->len, error);
  if (cause != NULL)
    bad_job (error, "%s", cause->message);
  else
    bad_job (error, _("“%s” is larger than %d MiB"), path, HONE_ENGINE_MAX_JOB_FILE >> 20);
  return NULL;
}

/**
 * hone_engine_keys_new:
 * @keys: (array zero-terminated=1): borrowed, must outlive the result
 *
 * Returns: (transfer full): a way from key to index
 */
HoneEngineKeys *
hone_engine_keys_new (const char *const *keys)
{
  HoneEngineKeys *self = g_new0 (HoneEngineKeys, 1);

  self->indices = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; keys[i] != NULL; i++)
    g_hash_table_insert (self->indices, (gpointer) keys[i], GUINT_TO_POINTER (i + 1));
  return self;
}

/**
 * hone_engine_keys_free:
 * @self: (transfer full): keys
 *
 * Frees the table.
 */
void
hone_engine_keys_free (HoneEngineKeys *self)
{
  g_return_if_fail (self != NULL);

  g_hash_table_unref (self->indices);
  g_free (self);
}

/**
 * hone_engine_keys_find:
 * @self: keys
 * @key: of a category
 *
 * Returns: its index, or -1
 */
int
hone_engine_keys_find (const HoneEngineKeys *self,
                       const char           *key)
{
  return (int) GPOINTER_TO_UINT (g_hash_table_lookup (self->indices, key)) - 1;
}
