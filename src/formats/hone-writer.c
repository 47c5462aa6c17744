/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Streaming writers: everything is written beside its place, synced and renamed at the end. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "hone-writer-private.h"

static const HoneWriterClass * const classes[] = {
  &_hone_write_csv_class, &_hone_write_tsv_class, &_hone_write_hone_csv_class, &_hone_write_json_class, &_hone_write_jsonl_class,
  &_hone_write_hone_jsonl_class, &_hone_write_kili_class, &_hone_write_label_studio_class, &_hone_write_argilla_class,
  &_hone_write_prodigy_class, &_hone_write_doccano_class, &_hone_write_fasttext_class, &_hone_write_openai_chat_class,
  &_hone_write_llama_factory_class, &_hone_write_huggingface_class, &_hone_write_kiln_class,
};

static const HoneWriterClass *
find_class (HoneFormat format)
{
  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    {
      if (classes[i]->format == format)
        return classes[i];
    }

  return NULL;
}

/* ---- the place beside ---- */

static gboolean
fail_path (const char  *path,
           int          code,
           GError     **error)
{
  g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_WRITE, _("“%s” cannot be written: %s"), path, g_strerror (code));

  return FALSE;
}

static gboolean
is_empty_folder (const char *path)
{
  g_autoptr(GDir) dir = g_dir_open (path, 0, NULL);

  return dir != NULL && g_dir_read_name (dir) == NULL;
}

/* Better told now than after an hour of writing. */
static gboolean
check_place (HoneWriter  *self,
             GError     **error)
{
  GStatBuf info;

  if (g_lstat (self->path, &info) != 0)
    return errno == ENOENT ? TRUE : fail_path (self->path, errno, error);

  if (self->folder && !S_ISDIR (info.st_mode))
    return fail_path (self->path, ENOTDIR, error);
  if (self->folder && !is_empty_folder (self->path))
    return fail_path (self->path, ENOTEMPTY, error);
  if (!self->folder && S_ISDIR (info.st_mode))
    return fail_path (self->path, EISDIR, error);

  return TRUE;
}

static gboolean
make_beside (HoneWriter  *self,
             GError     **error)
{
  g_autofree char *base = g_path_get_basename (self->path);
  g_autofree char *name = NULL;
  guint attempts = 0;

  do
    {
      g_autofree char *number = g_strdup_printf ("%08x", g_random_int ());

      /* A name close to the limit of the file system must still have room for the rest. */
      g_free (name);
      name = g_strdup_printf (".%.64s.hone-%s", g_utf8_validate (base, -1, NULL) && strlen (base) <= 64 ? base : "export", number);
      g_free (self->temp);
      self->temp = g_build_filename (self->parent, name, NULL);
      if (self->folder && g_mkdir (self->temp, 0777) == 0)
        return TRUE;
      if (self->folder && errno != EEXIST)
        return fail_path (self->path, errno, error);
    }
  while (g_file_test (self->temp, G_FILE_TEST_EXISTS) && ++attempts < 100);

  if (self->folder)
    return fail_path (self->path, EEXIST, error);
  self->out = _hone_output_new (self->temp, error);

  return self->out != NULL;
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      remove_tree (inner);
    }

  g_remove (path);
}

/* A rename is on disk once its folder is. A file system that cannot sync folders does not need it. */
static gboolean
sync_folder (const char  *path,
             gboolean     all_files,
             GError     **error)
{
  int fd = g_open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  gboolean synced;
  int code;

  if (fd < 0)
    return fail_path (path, errno, error);

  /* Of ten thousand small files one call for all is much faster than one for each. */
  synced = all_files ? syncfs (fd) == 0 : fsync (fd) == 0;
  code = errno;
  g_close (fd, NULL);

  return synced || code == EINVAL || fail_path (path, code, error);
}

/* ---- life ---- */

/**
 * hone_writer_open:
 * @path: file, or folder for folder formats; a folder must not exist or be empty, a file is replaced at the end
 * @options: format and what to write
 * @error: return location for an error
 *
 * Opens an export. Until hone_writer_close() nothing stands at @path, and what stood there stays.
 *
 * Returns: (transfer full) (nullable): the writer; with %HONE_FORMATS_ERROR_UNKNOWN_FORMAT where Hone does not write the format
 */
HoneWriter *
hone_writer_open (const char              *path,
                  const HoneWriterOptions *options,
                  GError                 **error)
{
  g_autoptr(HoneWriter) self = NULL;
  const HoneWriterClass *klass;

  g_return_val_if_fail (path != NULL, NULL);
  g_return_val_if_fail (options != NULL && options->ontology != NULL, NULL);

  klass = find_class (options->format);
  if (klass == NULL)
    {
      g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_UNKNOWN_FORMAT, _("The format “%s” cannot be written"),
                   hone_format_to_string (options->format));
      return NULL;
    }

  self = g_new0 (HoneWriter, 1);
  self->klass = klass;
  self->format = options->format;
  self->ontology = hone_ontology_ref ((HoneOntology *) options->ontology);
  self->template = options->template != NULL ? hone_template_ref ((HoneTemplate *) options->template) : hone_template_new_default ();
  self->project_name = g_strdup (options->project_name);
  self->model = g_strdup (options->model);
  self->with_labels = options->with_labels;
  self->with_predictions = options->with_predictions;
  self->flat = options->format == HONE_FORMAT_ARGILLA && (options->flat || g_str_has_suffix (path, ".json"));
  self->folder = hone_format_is_folder (options->format) && !self->flat;
  self->path = g_strdup (path);
  /* "out/" is "out". */
  while (strlen (self->path) > 1 && g_str_has_suffix (self->path, G_DIR_SEPARATOR_S))
    self->path[strlen (self->path) - 1] = '\0';
  self->parent = g_path_get_dirname (self->path);
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) _hone_output_free);
  self->line = g_string_new (NULL);
  self->state = g_malloc0 (MAX (klass->state_size, 1));

  if (!check_place (self, error) || !make_beside (self, error))
    return NULL;
  if (klass->begin != NULL && !klass->begin (self, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * hone_writer_write:
 * @self: a writer
 * @record: an example with category keys as words; in ascending order of examples
 * @error: return location for an error
 *
 * Writes one example. With %HONE_FORMATS_ERROR_UNWRITABLE the format cannot hold this one, nothing of it was written, and the
 * caller may go on. Any other error ends the export.
 *
 * Returns: whether it was written
 */
gboolean
hone_writer_write (HoneWriter        *self,
                   const HoneRecord  *record,
                   GError           **error)
{
  g_return_val_if_fail (self != NULL && self->temp != NULL, FALSE);
  g_return_val_if_fail (record != NULL, FALSE);

  if (record->text == NULL)
    return _hone_unwritable (error, _("A record without text cannot be written"));

  g_string_truncate (self->line, 0);
  if (!self->klass->write (self, record, error))
    return FALSE;
  self->n_records++;
  /* One record of 16 MiB must not hold its memory for the rest of a million. */
  if (self->line->allocated_len > 1024 * 1024)
    {
      g_string_free (self->line, TRUE);
      self->line = g_string_new (NULL);
    }

  return TRUE;
}

static gboolean
close_files (HoneWriter  *self,
             GError     **error)
{
  GHashTableIter iter;
  gpointer name, out;

  if (self->out != NULL && !_hone_output_close (g_steal_pointer (&self->out), TRUE, error))
    return FALSE;

  g_hash_table_iter_init (&iter, self->files);
  while (g_hash_table_iter_next (&iter, &name, &out))
    {
      g_hash_table_iter_steal (&iter);
      g_free (name);
      if (!_hone_output_close (out, FALSE, error))
        return FALSE;
    }

  return !self->folder || sync_folder (self->temp, TRUE, error);
}

/**
 * hone_writer_close:
 * @self: a writer
 * @error: return location for an error
 *
 * Writes the rest, syncs and puts the export in its place. On failure nothing of it is left.
 *
 * Returns: whether the export stands at its path
 */
gboolean
hone_writer_close (HoneWriter  *self,
                   GError     **error)
{
  g_return_val_if_fail (self != NULL && self->temp != NULL, FALSE);

  if (self->klass->end != NULL && !self->klass->end (self, error))
    return FALSE;
  if (!close_files (self, error))
    return FALSE;
  if (g_rename (self->temp, self->path) != 0)
    return fail_path (self->path, errno, error);
  g_clear_pointer (&self->temp, g_free);

  return sync_folder (self->parent, FALSE, error);
}

/**
 * hone_writer_free:
 * @self: (nullable) (transfer full): a writer
 *
 * Frees it. Without hone_writer_close() what was written is removed.
 */
void
hone_writer_free (HoneWriter *self)
{
  if (self == NULL)
    return;

  if (self->klass->clear != NULL)
    self->klass->clear (self->state);
  g_free (self->state);
  g_clear_pointer (&self->out, _hone_output_free);
  g_hash_table_unref (self->files);
  if (self->temp != NULL)
    remove_tree (self->temp);
  g_free (self->temp);
  g_free (self->path);
  g_free (self->parent);
  g_free (self->project_name);
  g_free (self->model);
  hone_ontology_unref (self->ontology);
  hone_template_unref (self->template);
  g_string_free (self->line, TRUE);
  g_free (self);
}

/* ---- for the classes: files ---- */

static char *
make_path (HoneWriter  *self,
           const char  *name,
           GError     **error)
{
  char *path = g_build_filename (self->temp, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);

  if (strchr (name, '/') != NULL && g_mkdir_with_parents (folder, 0777) != 0)
    {
      fail_path (folder, errno, error);
      g_clear_pointer (&path, g_free);
    }

  return path;
}

gboolean
_hone_writer_has_file (HoneWriter *self,
                       const char *name)
{
  return g_hash_table_contains (self->files, name);
}

HoneOutput *
_hone_writer_file (HoneWriter  *self,
                   const char  *name,
                   GError     **error)
{
  HoneOutput *out = g_hash_table_lookup (self->files, name);
  g_autofree char *path = NULL;

  if (out != NULL)
    return out;

  path = make_path (self, name, error);
  out = path != NULL ? _hone_output_new (path, error) : NULL;
  if (out != NULL)
    g_hash_table_insert (self->files, g_strdup (name), out);

  return out;
}

gboolean
_hone_writer_put_file (HoneWriter  *self,
                       const char  *name,
                       const char  *data,
                       gssize       length,
                       GError     **error)
{
  g_autofree char *path = make_path (self, name, error);
  HoneOutput *out = path != NULL ? _hone_output_new (path, error) : NULL;

  if (out == NULL)
    return FALSE;

  _hone_output_write (out, data, length);

  return _hone_output_close (out, FALSE, error);
}

gboolean
_hone_writer_put_line (HoneWriter  *self,
                       GError     **error)
{
  _hone_output_write (self->out, self->line->str, self->line->len);

  return _hone_output_check (self->out, error);
}
