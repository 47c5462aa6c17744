/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A table of named blobs. Small jobs end before the first save; long ones save every few seconds of work. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "hone-checkpoint.h"
#include "hone-engine-input.h"
#include "hone-engine-output.h"

#define MAGIC         "\x89HnckptS"
#define VERSION       1
#define SAVE_INTERVAL (15 * G_USEC_PER_SEC)
#define MAX_NAME      256
#define MAX_BYTES     ((guint64) 512 * 1024 * 1024)   /* of all results; beyond that steps are repeated */

G_STATIC_ASSERT (sizeof (MAGIC) == HONE_ENGINE_MAGIC_SIZE + 1);

struct _HoneCheckpoint {
  char             *path;
  guint8            job[32];
  HoneEngineEvents *events;
  GTree            *steps;       /* name → GBytes; in order, so that equal contents are equal files */
  guint64           n_bytes;
  gint64            last_save;   /* microseconds, monotonic */
};

static int
compare_names (gconstpointer a,
               gconstpointer b,
               gpointer      data)
{
  return strcmp (a, b);
}

static void
store (HoneCheckpoint *self,
       char           *step,
       GBytes         *bytes)
{
  self->n_bytes += g_bytes_get_size (bytes);
  g_tree_replace (self->steps, step, bytes);
}

static void
load (HoneCheckpoint *self)
{
  g_autoptr(HoneEngineInput) input = hone_engine_input_open (self->path, MAGIC, VERSION, NULL);
  guint8 job[32];
  guint32 n;

  if (input == NULL)
    return;
  hone_engine_input_read (input, job, sizeof job);
  if (memcmp (job, self->job, sizeof job) != 0)
    return;
  n = hone_engine_input_read_u32 (input);
  for (guint32 i = 0; i < n; i++)
    {
      guint32 length = hone_engine_input_read_u32 (input);
      g_autofree char *name = g_malloc0 (MIN (length, MAX_NAME) + 1);
      guint64 size;
      gpointer bytes;

      hone_engine_input_read (input, name, MIN (length, MAX_NAME));
      size = hone_engine_input_read_u64 (input);
      if (length == 0 || length > MAX_NAME || size > hone_engine_input_left (input))
        return;
      bytes = g_malloc (size);
      hone_engine_input_read (input, bytes, size);
      store (self, g_steal_pointer (&name), g_bytes_new_take (bytes, size));
    }
}

/**
 * hone_checkpoint_new:
 * @path: where the file is or shall be
 * @job: SHA-256 of all that the results depend on
 * @events: (nullable): told of each save
 *
 * Reads what an earlier process left, if it fits.
 *
 * Returns: (transfer full): the results so far
 */
HoneCheckpoint *
hone_checkpoint_new (const char       *path,
                     const guint8      job[32],
                     HoneEngineEvents *events)
{
  HoneCheckpoint *self = g_new0 (HoneCheckpoint, 1);

  self->path = g_strdup (path);
  memcpy (self->job, job, sizeof self->job);
  self->events = events;
  self->steps = g_tree_new_full (compare_names, NULL, g_free, (GDestroyNotify) g_bytes_unref);
  self->last_save = g_get_monotonic_time ();
  load (self);
  return self;
}

/**
 * hone_checkpoint_free:
 * @self: (transfer full): results
 *
 * Frees the results; the file stays.
 */
void
hone_checkpoint_free (HoneCheckpoint *self)
{
  g_return_if_fail (self != NULL);

  g_tree_unref (self->steps);
  g_free (self->path);
  g_free (self);
}

/**
 * hone_checkpoint_get_any:
 * @self: (nullable): results
 * @step: its name
 * @size: (out): bytes
 *
 * Returns: (transfer none) (nullable): what the step gave
 */
gconstpointer
hone_checkpoint_get_any (HoneCheckpoint *self,
                         const char     *step,
                         gsize          *size)
{
  GBytes *bytes = self != NULL ? g_tree_lookup (self->steps, step) : NULL;

  *size = 0;
  return bytes != NULL ? g_bytes_get_data (bytes, size) : NULL;
}

/**
 * hone_checkpoint_get:
 * @self: (nullable): results
 * @step: its name
 * @size: bytes it must have
 *
 * Returns: (transfer none) (nullable): what the step gave
 */
gconstpointer
hone_checkpoint_get (HoneCheckpoint *self,
                     const char     *step,
                     gsize           size)
{
  gsize found;
  gconstpointer bytes = hone_checkpoint_get_any (self, step, &found);

  return found == size ? bytes : NULL;
}

/**
 * hone_checkpoint_put:
 * @self: (nullable): results
 * @step: its name
 * @bytes: what it gave
 * @size: how many bytes
 *
 * Keeps the result of a step. A save that fails is no error: the run goes on, only later resuming costs more.
 */
void
hone_checkpoint_put (HoneCheckpoint *self,
                     const char     *step,
                     gconstpointer   bytes,
                     gsize           size)
{
  if (self == NULL || self->n_bytes + size > MAX_BYTES)
    return;
  store (self, g_strdup (step), g_bytes_new (bytes, size));
  if (g_get_monotonic_time () - self->last_save >= SAVE_INTERVAL)
    hone_checkpoint_save (self, NULL);
}

static gboolean
write_step (gpointer key,
            gpointer value,
            gpointer data)
{
  gsize size;
  gconstpointer bytes = g_bytes_get_data (value, &size);

  hone_engine_output_write_u32 (data, (guint32) strlen (key));
  hone_engine_output_write (data, key, strlen (key));
  hone_engine_output_write_u64 (data, size);
  hone_engine_output_write (data, bytes, size);
  return FALSE;
}

/**
 * hone_checkpoint_save:
 * @self: (nullable): results
 * @error: return location
 *
 * Writes all results to the file.
 *
 * Returns: whether they are on disk
 */
gboolean
hone_checkpoint_save (HoneCheckpoint *self,
                      GError        **error)
{
  g_autoptr(HoneEngineOutput) output = NULL;
  g_autofree char *sha256 = NULL;
  g_autofree char *name = NULL;
  guint8 digest[32];

  if (self == NULL || g_tree_nnodes (self->steps) == 0)
    return TRUE;
  self->last_save = g_get_monotonic_time ();
  output = hone_engine_output_new (self->path, error);
  if (output == NULL)
    return FALSE;
  hone_engine_output_write (output, MAGIC, HONE_ENGINE_MAGIC_SIZE);
  hone_engine_output_write_u32 (output, VERSION);
  hone_engine_output_write (output, self->job, sizeof self->job);
  hone_engine_output_write_u32 (output, (guint32) g_tree_nnodes (self->steps));
  g_tree_foreach (self->steps, write_step, output);
  hone_engine_output_digest (output, digest);
  hone_engine_output_write (output, digest, sizeof digest);
  sha256 = hone_engine_output_finish (output, error);
  if (sha256 == NULL)
    return FALSE;
  name = g_path_get_basename (self->path);
  hone_engine_events_checkpoint (self->events, name);
  return TRUE;
}

/**
 * hone_checkpoint_remove:
 * @self: (nullable): results
 *
 * Removes the file: the model is there.
 */
void
hone_checkpoint_remove (HoneCheckpoint *self)
{
  if (self != NULL)
    g_unlink (self->path);
}
