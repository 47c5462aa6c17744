/* SPDX-License-Identifier: GPL-3.0-or-later */
/* train.jsonl, unlabelled.jsonl and the lines of input.jsonl. A bad line ends the run: Hone itself wrote the files,
 * so a line that cannot be read means that something is wrong with all of them. */
#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <math.h>
#include <sys/stat.h>

#include "hone-engine-error.h"
#include "hone-engine-json.h"
#include "hone-engine-protocol.h"
#include "hone-engine-texts.h"

#define MAX_WEIGHT 1e6

/**
 * hone_engine_texts_blame:
 * @name: of the file
 * @lines: where the bad line was read
 * @error: (inout): why it is bad
 *
 * Says in the message which line of which file is bad.
 */
void
hone_engine_texts_blame (const char            *name,
                         const HoneEngineLines *lines,
                         GError               **error)
{
  g_autoptr(GError) cause = *error;

  *error = NULL;
  g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_BAD_DATA, _("Line %lu of “%s” cannot be used: %s"),
               (gulong) hone_engine_lines_nth (lines), name, cause->message);
}

static gboolean
missing (const char *member,
         GError    **error)
{
  g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_BAD_DATA, _("“%s” is missing"), member);
  return FALSE;
}

static gboolean
get_id_and_text (JsonObject  *object,
                 const char **id,
                 const char **text,
                 GError     **error)
{
  *id = *text = NULL;
  if (!hone_engine_json_get_string (object, "id", id, error) || !hone_engine_json_get_string (object, "text", text, error))
    return FALSE;
  if (*id == NULL)
    return missing ("id", error);
  if (*text == NULL)
    return missing ("text", error);
  return TRUE;
}

/**
 * hone_engine_texts_parse:
 * @parser: reused from line to line
 * @line: one line
 * @length: bytes
 * @id: (out): lives until the parser is used again
 * @text: (out): likewise
 * @error: return location
 *
 * Reads a text without labels.
 *
 * Returns: whether the line holds one
 */
gboolean
hone_engine_texts_parse (JsonParser  *parser,
                         const char  *line,
                         gsize        length,
                         const char **id,
                         const char **text,
                         GError     **error)
{
  JsonObject *object = hone_engine_json_parse (parser, line, length, error);

  return object != NULL && get_id_and_text (object, id, text, error);
}

static gboolean
get_categories (JsonObject           *object,
                const HoneEngineJob  *job,
                const HoneEngineKeys *keys,
                GArray               *categories,
                GError              **error)
{
  JsonArray *array = NULL;

  if (!hone_engine_json_get_array (object, "categories", &array, error))
    return FALSE;
  if (array == NULL)
    return missing ("categories", error);
  g_array_set_size (categories, 0);
  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *node = json_array_get_element (array, i);
      gboolean is_string = JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
      int found = is_string ? hone_engine_keys_find (keys, json_node_get_string (node)) : -1;
      guint32 category = (guint32) found;

      if (found < 0)
        {
          g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_BAD_DATA, _("“%.100s” is not a category of the job"),
                       is_string ? json_node_get_string (node) : "?");
          return FALSE;
        }
      for (guint k = 0; k < categories->len && found >= 0; k++)
        if (g_array_index (categories, guint32, k) == category)
          found = -1;
      if (found >= 0)
        g_array_append_val (categories, category);
    }
  if (job->choice == HONE_CHOICE_SEVERAL || categories->len == 1)
    return TRUE;
  g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_BAD_DATA, _("it has %u categories, wanted is 1"), categories->len);
  return FALSE;
}

static gboolean
get_weight (JsonObject *object,
            double     *weight,
            GError    **error)
{
  *weight = 1;
  if (!hone_engine_json_get_number (object, "weight", weight, error))
    return FALSE;
  if (*weight >= 0 && *weight <= MAX_WEIGHT)
    return TRUE;
  g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_BAD_DATA, _("its weight is not between 0 and %.0f"), MAX_WEIGHT);
  return FALSE;
}

static gboolean
add_labelled (HoneCorpus           *corpus,
              JsonParser           *parser,
              const char           *line,
              gsize                 length,
              const HoneEngineJob  *job,
              const HoneEngineKeys *keys,
              GError              **error)
{
  g_autoptr(GArray) categories = g_array_new (FALSE, FALSE, sizeof (guint32));
  JsonObject *object = hone_engine_json_parse (parser, line, length, error);
  const char *id, *text;
  double weight;

  if (object == NULL || !get_id_and_text (object, &id, &text, error)
      || !get_categories (object, job, keys, categories, error) || !get_weight (object, &weight, error))
    return FALSE;
  if (weight > 0)
    hone_corpus_add_labelled (corpus, id, text, weight, (const guint32 *) (gpointer) categories->data, categories->len);
  return TRUE;
}

static gboolean
add_unlabelled (HoneCorpus *corpus,
                JsonParser *parser,
                const char *line,
                gsize       length,
                GError    **error)
{
  const char *id, *text;

  if (!hone_engine_texts_parse (parser, line, length, &id, &text, error))
    return FALSE;
  hone_corpus_add_unlabelled (corpus, id, text);
  return TRUE;
}

static gboolean
load_file (HoneCorpus           *corpus,
           const char           *directory,
           const char           *name,
           const HoneEngineJob  *job,
           const HoneEngineKeys *keys,      /* NULL: no labels */
           HoneEngineEvents     *events,
           GError              **error)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autoptr(HoneEngineLines) lines = hone_engine_lines_open (path, error);
  g_autoptr(JsonParser) parser = json_parser_new ();
  g_autoptr(GError) cause = NULL;
  const char *line;
  gsize length;

  if (lines == NULL)
    return FALSE;
  while ((line = hone_engine_lines_next (lines, &length, &cause)) != NULL)
    {
      gboolean good;

      if (hone_engine_events_is_stopping (events, error))
        return FALSE;
      good = keys != NULL ? add_labelled (corpus, parser, line, length, job, keys, error)
                          : add_unlabelled (corpus, parser, line, length, error);
      if (!good)
        {
          hone_engine_texts_blame (name, lines, error);
          return FALSE;
        }
    }
  if (cause == NULL)
    return TRUE;
  g_propagate_error (error, g_steal_pointer (&cause));
  return FALSE;
}

/**
 * hone_engine_texts_load:
 * @directory: of the run
 * @job: of the run
 * @unlabelled: whether texts without labels shall take part too
 * @events: (nullable): knows when to stop
 * @error: return location
 *
 * Reads the training texts. Those of weight 0 are passed over.
 *
 * Returns: (transfer full): at least one labelled text, or %NULL
 */
HoneCorpus *
hone_engine_texts_load (const char          *directory,
                        const HoneEngineJob *job,
                        gboolean             unlabelled,
                        HoneEngineEvents    *events,
                        GError             **error)
{
  g_autoptr(HoneCorpus) corpus = hone_corpus_new ();
  g_autoptr(HoneEngineKeys) keys = hone_engine_keys_new ((const char *const *) job->keys);
  g_autofree char *path = g_build_filename (directory, HONE_PROTOCOL_UNLABELLED_FILE, NULL);
  struct stat status;

  if (!load_file (corpus, directory, HONE_PROTOCOL_TRAIN_FILE, job, keys, events, error))
    return NULL;
  if (corpus->n_labelled == 0)
    {
      g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_BAD_DATA, _("“%s” holds no text to learn from"),
                   HONE_PROTOCOL_TRAIN_FILE);
      return NULL;
    }
  if (unlabelled && (stat (path, &status) == 0 || errno != ENOENT)
      && !load_file (corpus, directory, HONE_PROTOCOL_UNLABELLED_FILE, job, NULL, events, error))
    return NULL;
  return g_steal_pointer (&corpus);
}
