/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What jobs write, whole or not at all. */
#include "config.h"

#include "hone-out-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <stdio.h>
#include <unistd.h>

#include "formats/hone-json.h"
#include "hone-jobs.h"

void
_hone_out_name (GString    *out,
                const char *name)
{
  char last = out->len > 0 ? out->str[out->len - 1] : '{';

  if (last != '{' && last != '[')
    g_string_append_c (out, ',');
  hone_json_print_string (out, name);
  g_string_append_c (out, ':');
}

void
_hone_out_string (GString    *out,
                  const char *name,
                  const char *value)
{
  _hone_out_name (out, name);
  if (value != NULL)
    hone_json_print_string (out, value);
  else
    g_string_append (out, "null");
}

void
_hone_out_number (GString    *out,
                  const char *name,
                  double      value)
{
  _hone_out_name (out, name);
  hone_json_print_number (out, value);
}

void
_hone_out_integer (GString    *out,
                   const char *name,
                   gint64      value)
{
  _hone_out_name (out, name);
  g_string_append_printf (out, "%" G_GINT64_FORMAT, value);
}

void
_hone_out_boolean (GString    *out,
                   const char *name,
                   gboolean    value)
{
  _hone_out_name (out, name);
  g_string_append (out, value ? "true" : "false");
}

void
_hone_out_json (GString    *out,
                const char *name,
                const char *json)
{
  _hone_out_name (out, name);
  g_string_append (out, json != NULL ? json : "null");
}

struct _HoneOutFile {
  FILE *stream;
  char *path, *temporary;
};

static gboolean
fail (const char  *path,
      GError     **error)
{
  g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_IO, _("Cannot write “%s”: %s"), path, g_strerror (errno));
  return FALSE;
}

HoneOutFile *
_hone_out_file_open (const char  *path,
                     GError     **error)
{
  g_autofree char *temporary = g_strconcat (path, ".XXXXXX", NULL);
  int fd = g_mkstemp_full (temporary, O_WRONLY | O_CLOEXEC, 0666);
  HoneOutFile *self;

  if (fd < 0)
    {
      fail (path, error);
      return NULL;
    }
  self = g_new0 (HoneOutFile, 1);
  self->stream = fdopen (fd, "w");
  self->path = g_strdup (path);
  self->temporary = g_steal_pointer (&temporary);
  return self;
}

gboolean
_hone_out_file_write (HoneOutFile  *self,
                      const char   *bytes,
                      gsize         n_bytes,
                      GError      **error)
{
  return fwrite (bytes, 1, n_bytes, self->stream) == n_bytes || fail (self->path, error);
}

gboolean
_hone_out_file_close (HoneOutFile  *self,
                      GError      **error)
{
  gboolean good = fflush (self->stream) == 0 && fsync (fileno (self->stream)) == 0;

  if (!good)
    return fail (self->path, error);
  good = fclose (self->stream) == 0;
  self->stream = NULL;
  if (!good || g_rename (self->temporary, self->path) != 0)
    return fail (self->path, error);
  g_clear_pointer (&self->temporary, g_free);
  return TRUE;
}

void
_hone_out_file_free (HoneOutFile *self)
{
  if (self->stream != NULL)
    fclose (self->stream);
  if (self->temporary != NULL)
    g_unlink (self->temporary);
  g_free (self->temporary);
  g_free (self->path);
  g_free (self);
}

gboolean
_hone_make_folder (const char  *path,
                   GError     **error)
{
  return g_mkdir_with_parents (path, 0700) == 0 || fail (path, error);
}

void
_hone_remove_tree (const char *path)
{
  g_autoptr(GDir) folder = NULL;
  const char *name;

  if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    folder = g_dir_open (path, 0, NULL);
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);

      _hone_remove_tree (inside);
    }
  (void) g_remove (path);
}
