/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Writing and reading a run directory. */
#include "config.h"

#include "hone-job-files-private.h"

#include <glib/gi18n-lib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/hone-engine-protocol.h"
#include "hone-jobs.h"
#include "hone-lines-private.h"
#include "hone-out-private.h"

static void
print_categories (GString            *out,
                  const HoneOntology *ontology)
{
  g_string_append_c (out, '[');
  for (gsize i = 0; i < hone_ontology_get_size (ontology); i++)
    {
      const HoneCategory *category = hone_ontology_get_nth (ontology, i);

      g_string_append (out, i > 0 ? ",{" : "{");
      _hone_out_string (out, "key", category->key);
      _hone_out_string (out, "name", category->name);
      _hone_out_string (out, "definition", category->definition);
      g_string_append_c (out, '}');
    }
  g_string_append_c (out, ']');
}

gboolean
_hone_job_write (const char         *directory,
                 const HoneJobSpec  *spec,
                 GError            **error)
{
  g_autofree char *path = g_build_filename (directory, HONE_PROTOCOL_JOB_FILE, NULL);
  g_autofree char *model = spec->parent_model != NULL ? hone_jobs_dup_model_path (spec->parent_model) : NULL;
  g_autoptr(GString) out = g_string_new ("{");
  g_autoptr(HoneOutFile) file = NULL;

  _hone_out_integer (out, "protocol", HONE_PROTOCOL_VERSION);
  _hone_out_string (out, "kind", spec->kind);
  _hone_out_string (out, "base_model", spec->base);
  _hone_out_string (out, "parent_model", model);
  _hone_out_string (out, "method", spec->method);
  _hone_out_integer (out, "seed", spec->seed);
  _hone_out_integer (out, "threads", hone_jobs_get_threads ());
  _hone_out_string (out, "choice", hone_choice_to_string (hone_ontology_get_choice (spec->ontology)));
  _hone_out_name (out, "categories");
  print_categories (out, spec->ontology);
  _hone_out_json (out, "hyperparameters", spec->settings != NULL ? spec->settings : "{}");
  g_string_append (out, "}\n");

  file = _hone_out_file_open (path, error);
  return file != NULL && _hone_out_file_write (file, out->str, out->len, error) && _hone_out_file_close (file, error);
}

/* What training data says must be read back as the same category (design guarantee 2). */
gboolean
_hone_job_check_answers (const HoneOntology  *ontology,
                         const HoneTemplate  *template,
                         GError             **error)
{
  for (gsize i = 0; i < hone_ontology_get_size (ontology); i++)
    {
      const HoneCategory *category = hone_ontology_get_nth (ontology, i);
      g_autoptr(HoneCategorySet) set = hone_category_set_new_single (category->id);
      g_autofree char *written = hone_template_render_answer (template, ontology, set);
      g_auto(HoneAnswer) read = { 0 };

      hone_template_parse (template, ontology, written, &read);
      if (read.categories == NULL || !hone_category_set_equal (read.categories, set))
        {
          g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_USAGE,
                       _("The category “%s” would be written as “%s” and not be read back as itself; another name for it helps"),
                       category->key, written);
          return FALSE;
        }
    }
  return TRUE;
}

void
_hone_job_print_text (GString               *out,
                      gint64                 id,
                      const char            *text,
                      const HoneOntology    *ontology,
                      const HoneCategorySet *categories,
                      double                 weight)
{
  const guint *ids;
  gsize n_ids;

  g_string_printf (out, "{\"id\":\"%" G_GINT64_FORMAT "\"", id);
  _hone_out_string (out, "text", text);
  if (categories != NULL)
    {
      ids = hone_category_set_get_ids (categories, &n_ids);
      g_string_append (out, ",\"categories\":[");
      for (gsize i = 0, n_printed = 0; i < n_ids; i++)
        {
          const HoneCategory *category = hone_ontology_get_by_id (ontology, ids[i]);

          if (category == NULL)
            continue;
          if (n_printed++ > 0)
            g_string_append_c (out, ',');
          hone_json_print_string (out, category->key);
        }
      g_string_append_c (out, ']');
      _hone_out_number (out, "weight", weight);
    }
  g_string_append (out, "}\n");
}

static gboolean
read_id_line (const char  *line,
              gsize        length,
              guint64      number,
              gpointer     data,
              GError     **error)
{
  GArray *ids = data;
  const char *start = "{\"id\":\"";
  gint64 id;

  if (!g_str_has_prefix (line, start) || (id = g_ascii_strtoll (line + strlen (start), NULL, 10)) <= 0 ||
      (ids->len > 0 && g_array_index (ids, gint64, ids->len - 1) >= id))
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_IO,
                   _("Line %" G_GUINT64_FORMAT " of the texts that were asked about is not as it was written"), number);
      return FALSE;
    }
  g_array_append_val (ids, id);
  return TRUE;
}

GArray *
_hone_job_read_ids (const char    *path,
                    GCancellable  *cancellable,
                    GError       **error)
{
  g_autoptr(GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));

  /* Our own file: only the texts in it bound its lines. */
  if (!_hone_lines_each (path, G_MAXSIZE / 2, read_id_line, ids, cancellable, error))
    return NULL;
  return g_steal_pointer (&ids);
}

static gboolean
is_inside (const char *path,
           const char *directory)
{
  gsize length = strlen (directory);

  return strncmp (path, directory, length) == 0 && path[length] == G_DIR_SEPARATOR;
}

char *
_hone_job_resolve (const char  *directory,
                   const char  *path,
                   const char  *program,
                   GError     **error)
{
  g_autofree char *joined = g_build_filename (directory, path, NULL);
  char *real_directory = realpath (directory, NULL);
  char *real = realpath (joined, NULL);
  gboolean inside = real != NULL && real_directory != NULL && is_inside (real, real_directory);
  gboolean missing = real == NULL;
  char *result = inside && !g_path_is_absolute (path) ? g_strdup (real) : NULL;

  free (real);
  free (real_directory);
  if (result != NULL)
    return result;
  if (g_path_is_absolute (path) || !missing)
    g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_PROTOCOL, _("“%s” named the path “%s”, which leads out of its folder “%s”"), program,
                 path, directory);
  else
    g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_PROTOCOL, _("“%s” named the path “%s”, which is not in its folder “%s”"), program,
                 path, directory);
  return NULL;
}

/* Reads @path, hashing, and copies it to @target where that is given. */
static char *
hash_file (const char    *path,
           HoneOutFile   *target,
           GCancellable  *cancellable,
           GError       **error)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr(GFile) file = g_file_new_for_path (path);
  g_autoptr(GFileInputStream) stream = g_file_read (file, cancellable, error);
  const gsize block_size = 256 * 1024;
  g_autofree char *block = g_malloc (block_size);
  gssize n_read = -1;

  while (stream != NULL && (n_read = g_input_stream_read (G_INPUT_STREAM (stream), block, block_size, cancellable, error)) > 0)
    {
      g_checksum_update (checksum, (guchar *) block, n_read);
      if (target != NULL && !_hone_out_file_write (target, block, n_read, error))
        return NULL;
    }
  return n_read == 0 ? g_strdup (g_checksum_get_string (checksum)) : NULL;
}

static gboolean
check_equal (const char  *found,
             const char  *wanted,
             const char  *path,
             const char  *program,
             GError     **error)
{
  if (g_ascii_strcasecmp (found, wanted) == 0)
    return TRUE;
  g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_PROTOCOL, _("“%s” is not what “%s” says it wrote: its checksum is %s, not %s"), path,
               program, found, wanted);
  return FALSE;
}

gboolean
_hone_job_check_sha256 (const char    *path,
                        const char    *sha256,
                        const char    *program,
                        GCancellable  *cancellable,
                        GError       **error)
{
  g_autofree char *found = hash_file (path, NULL, cancellable, error);

  return found != NULL && check_equal (found, sha256, path, program, error);
}

static gboolean
copy_checked (const char    *source,
              const char    *target,
              const char    *sha256,
              const char    *program,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autofree char *found = NULL;
  g_autoptr(HoneOutFile) file = NULL;

  if (!g_file_test (source, G_FILE_TEST_IS_REGULAR))
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_PROTOCOL, _("“%s” named “%s”, which is not a file"), program, source);
      return FALSE;
    }
  file = _hone_out_file_open (target, error);
  if (file == NULL)
    return FALSE;
  found = hash_file (source, file, cancellable, error);
  return found != NULL && check_equal (found, sha256, source, program, error) && _hone_out_file_close (file, error);
}

/* ---- a model that is a folder ---- */

typedef struct {
  char *name;      /* inside the model's folder */
  char *source;
  char *sha256;
} ModelFile;

static void
model_file_free (ModelFile *self)
{
  g_free (self->name);
  g_free (self->source);
  g_free (self->sha256);
  g_free (self);
}

static int
compare_model_files (gconstpointer a,
                     gconstpointer b)
{
  return strcmp ((*(ModelFile * const *) a)->name, (*(ModelFile * const *) b)->name);
}

/* Paths are those of the run directory; ones inside the model's folder are understood too. */
static ModelFile *
find_model_file (const char       *directory,
                 const char       *model,
                 const char       *path,
                 const char       *sha256,
                 const char       *program,
                 GError          **error)
{
  g_autofree char *source = _hone_job_resolve (directory, path, program, NULL);
  ModelFile *file;

  if (source == NULL || !is_inside (source, model))
    {
      g_free (source);
      source = _hone_job_resolve (model, path, program, error);
      if (source == NULL)
        return NULL;
    }
  file = g_new0 (ModelFile, 1);
  file->name = g_strdup (source + strlen (model) + 1);
  file->sha256 = g_strdup (sha256);
  file->source = g_steal_pointer (&source);
  return file;
}

static GPtrArray *
list_model_files (const char       *directory,
                  const char       *model,
                  const HoneEvent  *done,
                  const char       *program,
                  GError          **error)
{
  g_autoptr(GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify) model_file_free);

  for (guint i = 0; done->files != NULL && i + 1 < done->files->len; i += 2)
    {
      ModelFile *file = find_model_file (directory, model, done->files->pdata[i], done->files->pdata[i + 1], program, error);

      if (file == NULL)
        return NULL;
      g_ptr_array_add (files, file);
    }
  if (files->len == 0)
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_PROTOCOL, _("“%s” gave the folder “%s” as a model without saying which files it has"),
                   program, model);
      return NULL;
    }
  g_ptr_array_sort (files, compare_model_files);
  return g_steal_pointer (&files);
}

static char *
hash_names (GPtrArray *files)
{
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  for (guint i = 0; i < files->len; i++)
    {
      ModelFile *file = files->pdata[i];
      g_autofree char *line = g_strconcat (file->sha256, "  ", file->name, "\n", NULL);

      g_checksum_update (checksum, (guchar *) line, -1);
    }
  return g_strdup (g_checksum_get_string (checksum));
}

static gboolean
copy_folder (GPtrArray     *files,
             const char    *target,
             const char    *program,
             GCancellable  *cancellable,
             GError       **error)
{
  for (guint i = 0; i < files->len; i++)
    {
      ModelFile *file = files->pdata[i];
      g_autofree char *path = g_build_filename (target, file->name, NULL);
      g_autofree char *folder = g_path_get_dirname (path);

      if (!_hone_make_folder (folder, error) || !copy_checked (file->source, path, file->sha256, program, cancellable, error))
        return FALSE;
    }
  return TRUE;
}

static char *
keep_folder (const char       *directory,
             const char       *model,
             const HoneEvent  *done,
             const char       *program,
             GCancellable     *cancellable,
             GError          **error)
{
  g_autoptr(GPtrArray) files = list_model_files (directory, model, done, program, error);
  g_autofree char *sha256 = files != NULL ? hash_names (files) : NULL;
  g_autofree char *target = sha256 != NULL ? hone_jobs_dup_model_path (sha256) : NULL;
  g_autofree char *temporary = target != NULL ? g_strconcat (target, ".XXXXXX", NULL) : NULL;
  gboolean good;

  if (files == NULL)
    return NULL;
  if (g_mkdtemp_full (temporary, 0700) == NULL)
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_IO, _("Cannot make the folder “%s”"), temporary);
      return NULL;
    }
  good = copy_folder (files, temporary, program, cancellable, error);
  /* A folder cannot replace one with contents: the same model stands there already. */
  if (good && rename (temporary, target) != 0 && !g_file_test (target, G_FILE_TEST_IS_DIR))
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_IO, _("Cannot make the folder “%s”"), target);
      good = FALSE;
    }
  _hone_remove_tree (temporary);
  return good ? g_steal_pointer (&sha256) : NULL;
}

char *
_hone_job_keep_model (const char       *directory,
                      const HoneEvent  *done,
                      const char       *program,
                      GCancellable     *cancellable,
                      GError          **error)
{
  g_autofree char *model = NULL;
  g_autofree char *target = NULL;
  g_autofree char *folder = NULL;

  if (!done->is_model)
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_PROTOCOL, _("“%s” said “done” without a model"), program);
      return NULL;
    }
  model = _hone_job_resolve (directory, done->path, program, error);
  target = hone_jobs_dup_model_path (done->sha256 != NULL ? done->sha256 : "-");
  folder = g_path_get_dirname (target);
  if (model == NULL || !_hone_make_folder (folder, error))
    return NULL;
  if (g_file_test (model, G_FILE_TEST_IS_DIR))
    return keep_folder (directory, model, done, program, cancellable, error);
  if (done->sha256 == NULL)
    {
      g_set_error (error, HONE_JOBS_ERROR, HONE_JOBS_ERROR_PROTOCOL, _("“%s” gave no checksum of its model “%s”"), program, done->path);
      return NULL;
    }
  return copy_checked (model, target, done->sha256, program, cancellable, error) ? g_strdup (done->sha256) : NULL;
}
