/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The first bytes of the first files, for guessing the format. */
#include "config.h"

#include <string.h>

#include "hone-sniff.h"

#define MAX_HEADS 16
#define MAX_HEADS_OF_ENDING 6
#define MAX_VALUES 20
#define HEAD_BYTES (64 * 1024)
/* Where the first value is long: look this far for its end. */
#define LONG_HEAD_BYTES (1024 * 1024)

static void
head_free (gpointer data)
{
  HoneHead *head = data;

  g_free (head->text);
  g_ptr_array_unref (head->values);
  g_strfreev (head->cells);
  g_free (head);
}

static void
find_values (HoneHead *head)
{
  g_autoptr(HoneJsonStream) stream = NULL;
  HoneInput *input;

  input = hone_input_new_memory (head->source->path, head->text, head->length, "UTF-8", NULL);
  if (input == NULL)
    return;

  stream = hone_json_stream_new (input, HONE_JSON_STREAM_GUESS);
  while (head->values->len < MAX_VALUES)
    {
      HoneJson *value;
      HoneJsonStreamStatus status = hone_json_stream_next (stream, &value, NULL);

      if (status == HONE_JSON_STREAM_VALUE)
        g_ptr_array_add (head->values, value);
      else if (status != HONE_JSON_STREAM_BAD)
        break;
    }
  head->is_list = hone_json_stream_is_list (stream);
}

static void
find_cells (HoneHead *head)
{
  g_autoptr(HoneCsv) csv = NULL;
  HoneInput *input;

  input = hone_input_new_memory (head->source->path, head->text, head->length, "UTF-8", NULL);
  if (input == NULL)
    return;

  csv = hone_csv_new (input, hone_csv_guess (head->text, head->length, head->whole));
  head->delimiter = hone_csv_get_delimiter (csv);
  if (!hone_csv_next (csv, NULL))
    return;

  head->cells = g_new0 (char *, hone_csv_get_n_fields (csv) + 1);
  for (gsize i = 0; i < hone_csv_get_n_fields (csv); i++)
    head->cells[i] = g_strdup (hone_csv_get_field (csv, i));
}

static HoneHead *
read_head (const HoneSource  *source,
           const char        *encoding,
           gsize              limit,
           GError           **error)
{
  g_autoptr(HoneInput) input = NULL;
  const char *window;
  HoneHead *head;
  gboolean whole;
  gsize length;

  input = hone_input_open_head (source, encoding, limit, &whole, error);
  if (input == NULL)
    return NULL;

  /* What is wrong in there is told with its line when it is read in earnest. */
  while (hone_input_fill (input, NULL) > 0)
    continue;
  window = hone_input_window (input, &length);

  head = g_new0 (HoneHead, 1);
  head->source = source;
  head->text = g_strndup (window, length);
  head->length = length;
  head->whole = whole;
  head->values = g_ptr_array_new_with_free_func ((GDestroyNotify) hone_json_free);

  window = head->text + strspn (head->text, " \t\r\n");
  head->is_json = *window == '{' || *window == '[';
  ((HoneSource *) source)->is_json = head->is_json;
  if (head->is_json)
    find_values (head);
  else
    find_cells (head);

  return head;
}

static HoneHead *
new_head (const HoneSource  *source,
          const char        *encoding,
          GError           **error)
{
  HoneHead *head = read_head (source, encoding, HEAD_BYTES, error);

  if (head != NULL && head->is_json && head->values->len == 0 && !head->whole)
    {
      head_free (head);
      head = read_head (source, encoding, LONG_HEAD_BYTES, error);
    }

  return head;
}

/* A folder of ten thousand assets with one card at its end: not all heads of one ending. */
static gboolean
is_enough (GPtrArray        *heads,
           const HoneSource *source)
{
  const char *ending = strrchr (source->name, '.');
  guint n = 0;

  if (source->named)
    return FALSE;
  for (guint i = 0; i < heads->len; i++)
    {
      const HoneHead *head = g_ptr_array_index (heads, i);
      const char *other = strrchr (head->source->name, '.');

      n += g_strcmp0 (ending, other) == 0;
    }

  return n >= MAX_HEADS_OF_ENDING;
}

/**
 * hone_sniff_new:
 * @sources: (element-type HoneSource): all files of the import
 * @encoding: (nullable): that the user named
 * @ontology: (nullable): of the project
 * @error: return location for an error
 *
 * Reads the heads of the first files. In folders and archives, files that cannot be read as text are passed over.
 *
 * Returns: (transfer full) (nullable): what was seen
 */
HoneSniff *
hone_sniff_new (GPtrArray           *sources,
                const char          *encoding,
                const HoneOntology  *ontology,
                GError             **error)
{
  g_autoptr(HoneSniff) self = g_new0 (HoneSniff, 1);

  self->sources = g_ptr_array_ref (sources);
  self->heads = g_ptr_array_new_with_free_func (head_free);
  self->ontology = ontology;

  for (guint i = 0; i < sources->len && self->heads->len < MAX_HEADS; i++)
    {
      const HoneSource *source = g_ptr_array_index (sources, i);
      g_autoptr(GError) local_error = NULL;
      HoneHead *head;

      if (is_enough (self->heads, source))
        continue;
      head = new_head (source, encoding, &local_error);
      if (head != NULL)
        {
          g_ptr_array_add (self->heads, head);
        }
      else if (source->named || !g_error_matches (local_error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_MALFORMED))
        {
          g_propagate_error (error, g_steal_pointer (&local_error));
          return NULL;
        }
    }

  return g_steal_pointer (&self);
}

void
hone_sniff_free (HoneSniff *self)
{
  if (self == NULL)
    return;

  g_ptr_array_unref (self->heads);
  g_ptr_array_unref (self->sources);
  g_free (self);
}

const HoneJson *
hone_sniff_first_value (const HoneSniff *sniff)
{
  for (guint i = 0; i < sniff->heads->len; i++)
    {
      const HoneHead *head = g_ptr_array_index (sniff->heads, i);

      if (head->values->len > 0)
        return g_ptr_array_index (head->values, 0);
    }

  return NULL;
}

static gboolean
has_members (const HoneJson     *value,
             const char * const *names)
{
  for (gsize i = 0; names[i] != NULL; i++)
    {
      if (hone_json_get (value, names[i]) == NULL)
        return FALSE;
    }

  return TRUE;
}

double
hone_sniff_share_with (const HoneSniff    *sniff,
                       const char * const *names)
{
  guint n = 0, n_with = 0;

  for (guint i = 0; i < sniff->heads->len; i++)
    {
      const HoneHead *head = g_ptr_array_index (sniff->heads, i);

      for (guint j = 0; j < head->values->len; j++)
        {
          n++;
          n_with += has_members (g_ptr_array_index (head->values, j), names);
        }
    }

  return n > 0 ? (double) n_with / n : 0;
}

static gboolean
has_cell (const HoneHead *head,
          const char     *name)
{
  for (gsize i = 0; head->cells != NULL && head->cells[i] != NULL; i++)
    {
      if (g_ascii_strcasecmp (head->cells[i], name) == 0)
        return TRUE;
    }

  return FALSE;
}

gboolean
hone_sniff_has_cells (const HoneSniff    *sniff,
                      const char * const *names)
{
  for (guint i = 0; i < sniff->heads->len; i++)
    {
      const HoneHead *head = g_ptr_array_index (sniff->heads, i);
      gboolean all = head->cells != NULL;

      for (gsize j = 0; all && names[j] != NULL; j++)
        all = has_cell (head, names[j]);
      if (all)
        return TRUE;
    }

  return FALSE;
}

const HoneSource *
hone_sources_by_name (GPtrArray  *sources,
                      const char *ending)
{
  for (guint i = 0; i < sources->len; i++)
    {
      const HoneSource *source = g_ptr_array_index (sources, i);

      if (g_str_has_suffix (source->name, ending) || (ending[0] == '/' && strcmp (source->name, ending + 1) == 0))
        return source;
    }

  return NULL;
}
