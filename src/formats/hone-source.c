/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Finding the files of an import and reading their bytes. */
#include "config.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "hone-archive.h"
#include "hone-format.h"
#include "hone-source.h"

#define MAX_FOLDER_DEPTH 32

struct _HoneSourceStream {
  int         fd;       /* -1: a member */
  HoneMember *member;
  char       *path;
};

static void
source_free (gpointer data)
{
  HoneSource *self = data;

  g_free (self->path);
  g_free (self->name);
  if (self->archive != NULL)
    hone_archive_unref (self->archive);
  g_free (self);
}

static void
set_errno_error (GError     **error,
                 const char  *path,
                 int          code)
{
  g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_OPEN, _("“%s” cannot be read: %s"), path, g_strerror (code));
}

/* What people drop in by mistake, by its first bytes. */
static const char *
foreign_kind (const char *start,
              gsize       length)
{
  static const struct {
    const char *magic;
    gsize       length;
    const char *kind;
  } kinds[] = {
    { "SQLite format 3", 16, N_("a Hone project or another database") },
    { "\037\213", 2, N_("compressed with gzip; unpack it first") },
    { "\375" "7zXZ", 5, N_("compressed with xz; unpack it first") },
    { "BZh", 3, N_("compressed with bzip2; unpack it first") },
    { "(\265/\375", 4, N_("compressed with zstd; unpack it first") },
    { "7z\274\257", 4, N_("a 7-Zip archive; unpack it first") },
    { "Rar!\032", 5, N_("a RAR archive; unpack it first") },
    { "PAR1", 4, N_("a Parquet file; save it as CSV or JSON Lines") },
    { "ARROW1", 6, N_("an Arrow file; save it as CSV or JSON Lines") },
    { "%PDF-", 5, N_("a PDF document") },
    { "\211PNG", 4, N_("an image") },
    { "\377\330\377", 3, N_("an image") },
    { "\177ELF", 4, N_("a program") },
    { "\320\317\021\340", 4, N_("an old Office document; save it as CSV") },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      if (length >= kinds[i].length && memcmp (start, kinds[i].magic, kinds[i].length) == 0)
        return g_dgettext (GETTEXT_PACKAGE, kinds[i].kind);
    }

  return NULL;
}

static int
open_file (const char  *path,
           GError     **error)
{
  struct stat info;
  int fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

  if (fd < 0)
    {
      set_errno_error (error, path, errno);
      return -1;
    }

  /* A pipe would hang the search for the format, a device never ends. */
  if (fstat (fd, &info) == 0 && !S_ISREG (info.st_mode))
    {
      g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_OPEN,
                   S_ISDIR (info.st_mode) ? _("“%s” is a folder, where a file was expected")
                                          : _("“%s” is neither a file nor a folder"), path);
      close (fd);
      return -1;
    }

  return fd;
}

static gssize
read_fully (int   fd,
            char *buffer,
            gsize size)
{
  gsize done = 0;

  while (done < size)
    {
      gssize n = read (fd, buffer + done, size - done);

      if (n < 0 && errno == EINTR)
        continue;
      if (n < 0)
        return -1;
      if (n == 0)
        break;
      done += n;
    }

  return done;
}

static gboolean
is_office_archive (GPtrArray *sources,
                   guint      from)
{
  for (guint i = from; i < sources->len; i++)
    {
      const HoneSource *source = g_ptr_array_index (sources, i);

      if (strcmp (source->name, "[Content_Types].xml") == 0 || strcmp (source->name, "META-INF/manifest.xml") == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
add_file (const char  *path,
          const char  *name,
          gboolean     named,
          GPtrArray   *sources,
          GError     **error)
{
  char start[16] = "";
  HoneSource *source;
  struct stat info;
  const char *kind;
  gssize length;
  int fd;

  fd = open_file (path, error);
  if (fd < 0)
    return FALSE;

  length = read_fully (fd, start, sizeof start);
  if (length < 0 || fstat (fd, &info) != 0)
    {
      set_errno_error (error, path, errno);
      close (fd);
      return FALSE;
    }
  close (fd);

  kind = foreign_kind (start, length);
  if (kind != NULL && named)
    {
      g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_OPEN, _("“%s” holds no texts: it is %s"), path, kind);
      return FALSE;
    }
  if (kind != NULL)
    return TRUE;

  if (hone_archive_is_zip (start, length))
    {
      guint before = sources->len;

      if (!hone_archive_list (path, sources, error))
        return FALSE;
      if (is_office_archive (sources, before))
        {
          g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_OPEN,
                       _("“%s” is an Office document; save its table as CSV"), path);
          return FALSE;
        }
      return TRUE;
    }

  source = g_new0 (HoneSource, 1);
  source->path = g_strdup (path);
  source->name = g_strdup (name);
  source->named = named;
  source->size = info.st_size;
  g_ptr_array_add (sources, source);

  return TRUE;
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

static gboolean
add_folder (const char  *path,
            const char  *prefix,
            guint        depth,
            GPtrArray   *sources,
            GError     **error)
{
  g_autoptr(GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr(GError) local_error = NULL;
  const char *name;
  GDir *dir;

  dir = g_dir_open (path, 0, &local_error);
  if (dir == NULL || depth > MAX_FOLDER_DEPTH)
    {
      g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_OPEN, _("The folder “%s” cannot be read: %s"), path,
                   local_error != NULL ? local_error->message : _("it lies too deep"));
      g_clear_pointer (&dir, g_dir_close);
      return FALSE;
    }
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      if (!hone_source_name_is_hidden (name))
        g_ptr_array_add (names, g_strdup (name));
    }
  g_dir_close (dir);
  g_ptr_array_sort (names, compare_names);

  for (guint i = 0; i < names->len; i++)
    {
      g_autofree char *child = g_build_filename (path, names->pdata[i], NULL);
      g_autofree char *child_name = *prefix != '\0' ? g_strconcat (prefix, "/", names->pdata[i], NULL)
                                                    : g_strdup (names->pdata[i]);
      gboolean folder = g_file_test (child, G_FILE_TEST_IS_DIR);

      /* Links to folders could lead in circles. */
      if (folder && g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        continue;
      if (!folder && !g_file_test (child, G_FILE_TEST_IS_REGULAR))
        continue;
      if (sources->len >= HONE_SOURCE_MAX_FILES)
        {
          g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_OPEN,
                       _("The folder “%s” holds more than %d files"), path, HONE_SOURCE_MAX_FILES);
          return FALSE;
        }
      if (folder ? !add_folder (child, child_name, depth + 1, sources, error)
                 : !add_file (child, child_name, FALSE, sources, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * hone_sources_find:
 * @paths: files, folders, zip archives; %NULL-terminated
 * @error: return location for an error
 *
 * Finds all files behind the paths, folders at any depth. Hidden files are passed over, but for Argilla's settings.
 *
 * Returns: (transfer full) (nullable) (element-type HoneSource): at least one source, or %NULL with an error
 */
GPtrArray *
hone_sources_find (const char * const  *paths,
                   GError             **error)
{
  g_autoptr(GPtrArray) sources = g_ptr_array_new_with_free_func (source_free);

  for (gsize i = 0; paths[i] != NULL; i++)
    {
      g_autofree char *name = g_path_get_basename (paths[i]);
      guint before = sources->len;
      gboolean found;

      if (g_file_test (paths[i], G_FILE_TEST_IS_DIR))
        found = add_folder (paths[i], "", 0, sources, error);
      else
        found = add_file (paths[i], name, TRUE, sources, error);
      if (!found)
        return NULL;

      if (sources->len == before)
        {
          g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_EMPTY, _("“%s” holds no files"), paths[i]);
          return NULL;
        }
    }

  if (sources->len == 0)
    {
      g_set_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_EMPTY, _("No file was named"));
      return NULL;
    }

  return g_steal_pointer (&sources);
}

/**
 * hone_source_name_is_hidden:
 * @name: name of a file, or its path with "/"
 *
 * Returns: whether the file, or a folder above it, is one that systems put beside the real ones; Argilla's settings are not
 */
gboolean
hone_source_name_is_hidden (const char *name)
{
  static const char * const junk[] = { "__MACOSX", "Thumbs.db", "desktop.ini", NULL };
  g_auto(GStrv) parts = g_strsplit (name, "/", -1);

  for (gsize i = 0; parts[i] != NULL; i++)
    {
      if (g_strv_contains (junk, parts[i]) || (parts[i][0] == '.' && parts[i][1] != '\0' && strcmp (parts[i], ".argilla") != 0))
        return TRUE;
    }

  return FALSE;
}

/**
 * hone_source_has_suffix:
 * @self: a source
 * @suffix: ASCII, with its full stop, in lower case
 *
 * Returns: whether the name ends so; case does not matter
 */
gboolean
hone_source_has_suffix (const HoneSource *self,
                        const char       *suffix)
{
  gsize length = strlen (self->name), suffix_length = strlen (suffix);

  return length >= suffix_length && g_ascii_strcasecmp (self->name + length - suffix_length, suffix) == 0;
}

/**
 * hone_source_open:
 * @self: a source
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): its bytes, from the start
 */
HoneSourceStream *
hone_source_open (const HoneSource  *self,
                  GError           **error)
{
  HoneMember *member = NULL;
  HoneSourceStream *stream;
  int fd = -1;

  if (self->archive != NULL)
    member = hone_archive_open (self->archive, self->member, self->path, error);
  else
    fd = open_file (self->path, error);
  if (member == NULL && fd < 0)
    return NULL;

  stream = g_new0 (HoneSourceStream, 1);
  stream->fd = fd;
  stream->member = member;
  stream->path = g_strdup (self->path);

  return stream;
}

/**
 * hone_source_stream_read:
 * @self: a stream
 * @buffer: where to
 * @size: bytes wanted
 * @error: return location for an error
 *
 * Returns: bytes read, less than @size only at the end of a file; 0 at the end; -1 on error
 */
gssize
hone_source_stream_read (HoneSourceStream  *self,
                         void              *buffer,
                         gsize              size,
                         GError           **error)
{
  gssize n;

  if (self->member != NULL)
    return hone_member_read (self->member, buffer, size, error);

  n = read_fully (self->fd, buffer, size);
  if (n < 0)
    set_errno_error (error, self->path, errno);

  return n;
}

/**
 * hone_source_stream_free:
 * @self: (nullable) (transfer full): a stream
 *
 * Closes it.
 */
void
hone_source_stream_free (HoneSourceStream *self)
{
  if (self == NULL)
    return;

  if (self->fd >= 0)
    close (self->fd);
  hone_member_free (self->member);
  g_free (self->path);
  g_free (self);
}
