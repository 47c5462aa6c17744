/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The checksum is compared before anything else is believed; the bounds are checked all the same, since a file that
 * was made to harm has a right checksum. */
#include "config.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "hone-engine-error.h"
#include "hone-engine-input.h"

#define DIGEST 32

struct _HoneEngineInput {
  char     *path;
  FILE     *file;
  guint64   left;
  gboolean  refused;
};

/**
 * hone_engine_input_free:
 * @self: (transfer full): a file
 *
 * Closes the file.
 */
void
hone_engine_input_free (HoneEngineInput *self)
{
  g_return_if_fail (self != NULL);

  fclose (self->file);
  g_free (self->path);
  g_free (self);
}

static gboolean
digest_matches (HoneEngineInput *self,
                guint64          size)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *block = g_malloc (65536);
  guint8 wanted[DIGEST], found[DIGEST];
  gsize length = DIGEST;
  guint64 left = size - DIGEST;

  rewind (self->file);
  while (left > 0)
    {
      gsize n = fread (block, 1, MIN (left, 65536), self->file);

      if (n == 0)
        return FALSE;
      g_checksum_update (checksum, block, (gssize) n);
      left -= n;
    }
  g_checksum_get_digest (checksum, found, &length);
  return fread (wanted, 1, DIGEST, self->file) == DIGEST && memcmp (wanted, found, DIGEST) == 0;
}

static gboolean
check (HoneEngineInput *self,
       const char       magic[HONE_ENGINE_MAGIC_SIZE],
       guint32          version,
       guint64          size,
       GError         **error)
{
  char found[HONE_ENGINE_MAGIC_SIZE];
  guint32 found_version;

  self->left = size;
  hone_engine_input_read (self, found, sizeof found);
  if (self->refused || memcmp (found, magic, sizeof found) != 0)
    {
      g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_BAD_MODEL, _("“%s” is not a model of hone-engine"), self->path);
      return FALSE;
    }
  found_version = hone_engine_input_read_u32 (self);
  if (!self->refused && found_version > version)
    {
      g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_BAD_MODEL,
                   _("“%s” was written by a newer Hone (format %u, this one reads up to %u)"), self->path, found_version, version);
      return FALSE;
    }
  if (self->refused || found_version == 0 || self->left < DIGEST || !digest_matches (self, size))
    {
      g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_BAD_MODEL,
                   _("“%s” is damaged or cut off: its checksum does not match"), self->path);
      return FALSE;
    }
  return fseek (self->file, HONE_ENGINE_MAGIC_SIZE + sizeof found_version, SEEK_SET) == 0;
}

/**
 * hone_engine_input_open:
 * @path: of the file
 * @magic: its first bytes
 * @version: the newest version that can be read
 * @error: return location
 *
 * Opens a file and checks it as a whole.
 *
 * Returns: (transfer full): the file after its version, or %NULL
 */
HoneEngineInput *
hone_engine_input_open (const char *path,
                        const char  magic[HONE_ENGINE_MAGIC_SIZE],
                        guint32     version,
                        GError    **error)
{
  g_autoptr(HoneEngineInput) self = NULL;
  struct stat status;
  FILE *file;

  if (stat (path, &status) != 0 || (S_ISREG (status.st_mode) && (file = g_fopen (path, "rbe")) == NULL))
    {
      g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_BAD_MODEL, _("The model “%s” cannot be opened: %s"), path,
                   g_strerror (errno));
      return NULL;
    }
  if (!S_ISREG (status.st_mode))
    {
      g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_BAD_MODEL, _("“%s” is not a model of hone-engine"), path);
      return NULL;
    }
  self = g_new0 (HoneEngineInput, 1);
  self->path = g_strdup (path);
  self->file = file;
  if (!check (self, magic, version, (guint64) status.st_size, error))
    return NULL;
  self->left = (guint64) status.st_size - HONE_ENGINE_MAGIC_SIZE - sizeof (guint32) - DIGEST;
  return g_steal_pointer (&self);
}

/**
 * hone_engine_input_read:
 * @self: a file
 * @bytes: (out caller-allocates): zeros where the file does not hold so many; may be %NULL where @length is 0
 * @length: how many
 *
 * Reads bytes.
 */
void
hone_engine_input_read (HoneEngineInput *self,
                        gpointer         bytes,
                        gsize            length)
{
  if (length == 0)
    return;
  if (!self->refused && length <= self->left && fread (bytes, 1, length, self->file) == length)
    {
      self->left -= length;
      return;
    }
  self->refused = TRUE;
  memset (bytes, 0, length);
}

/**
 * hone_engine_input_read_u32:
 * @self: a file
 *
 * Returns: the next number
 */
guint32
hone_engine_input_read_u32 (HoneEngineInput *self)
{
  guint32 value;

  hone_engine_input_read (self, &value, sizeof value);
  return GUINT32_FROM_LE (value);
}

/**
 * hone_engine_input_read_u64:
 * @self: a file
 *
 * Returns: the next number
 */
guint64
hone_engine_input_read_u64 (HoneEngineInput *self)
{
  guint64 value;

  hone_engine_input_read (self, &value, sizeof value);
  return GUINT64_FROM_LE (value);
}

/**
 * hone_engine_input_read_double:
 * @self: a file
 *
 * Returns: the next number
 */
double
hone_engine_input_read_double (HoneEngineInput *self)
{
  guint64 bits = hone_engine_input_read_u64 (self);
  double value;

  memcpy (&value, &bits, sizeof value);
  return value;
}

/**
 * hone_engine_input_read_u32s:
 * @self: a file
 * @values: (out caller-allocates): numbers of 32 bits, whole or F32
 * @n_values: how many
 *
 * Reads numbers.
 */
void
hone_engine_input_read_u32s (HoneEngineInput *self,
                             gpointer         values,
                             gsize            n_values)
{
  guint32 *to = values;

  hone_engine_input_read (self, values, n_values * sizeof *to);
  if (G_BYTE_ORDER != G_LITTLE_ENDIAN)
    for (gsize i = 0; i < n_values; i++)
      to[i] = GUINT32_FROM_LE (to[i]);
}

/**
 * hone_engine_input_left:
 * @self: a file
 *
 * Returns: bytes not read yet, the checksum not counted
 */
guint64
hone_engine_input_left (const HoneEngineInput *self)
{
  return self->left;
}

/**
 * hone_engine_input_refuse:
 * @self: a file
 *
 * Says that what was read makes no sense.
 */
void
hone_engine_input_refuse (HoneEngineInput *self)
{
  self->refused = TRUE;
}

/**
 * hone_engine_input_finish:
 * @self: a file
 * @error: return location
 *
 * Returns: whether all was read and made sense
 */
gboolean
hone_engine_input_finish (HoneEngineInput *self,
                          GError         **error)
{
  if (!self->refused && self->left == 0)
    return TRUE;
  g_set_error (error, HONE_ENGINE_ERROR, HONE_ENGINE_ERROR_BAD_MODEL, _("“%s” holds values that no model has"), self->path);
  return FALSE;
}
