/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdarg.h>
#include <string.h>

#include "helper.h"

char *
helper_folder (void)
{
  char *folder = g_build_filename (g_get_user_cache_dir (), "files", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);

  return folder;
}

static char *
place (const char *name)
{
  g_autofree char *folder = helper_folder ();
  char *path = g_build_filename (folder, name, NULL);
  g_autofree char *parent = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (parent, 0700), ==, 0);

  return path;
}

char *
helper_write (const char *name,
              const char *data,
              gssize      length)
{
  char *path = place (name);

  g_assert_true (g_file_set_contents (path, data, length, NULL));

  return path;
}

char *
helper_write_zip (const char *name,
                  ...)
{
  char *path = place (name);
  struct archive *archive = archive_write_new ();
  const char *member;
  va_list arguments;

  archive_write_set_format_zip (archive);
  g_assert_cmpint (archive_write_open_filename (archive, path), ==, ARCHIVE_OK);
  va_start (arguments, name);
  while ((member = va_arg (arguments, const char *)) != NULL)
    {
      const char *content = va_arg (arguments, const char *);
      struct archive_entry *entry = archive_entry_new ();

      archive_entry_set_pathname (entry, member);
      archive_entry_set_size (entry, strlen (content));
      archive_entry_set_filetype (entry, AE_IFREG);
      archive_entry_set_perm (entry, 0644);
      g_assert_cmpint (archive_write_header (archive, entry), ==, ARCHIVE_OK);
      g_assert_cmpint (archive_write_data (archive, content, strlen (content)), ==, (gssize) strlen (content));
      archive_entry_free (entry);
    }
  va_end (arguments);
  g_assert_cmpint (archive_write_free (archive), ==, ARCHIVE_OK);

  return path;
}

char *
helper_fixture (const char *name)
{
  const char *shared = g_getenv ("HONE_SHARED_DIR");
  g_autofree char *path = shared != NULL ? g_build_filename (shared, "data", "formats", name, NULL) : NULL;

  if (path == NULL || !g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip ("the files of other programs are not here (HONE_SHARED_DIR)");
      return NULL;
    }

  return g_steal_pointer (&path);
}

HoneReader *
helper_open (const char  *path,
             HoneFormat   format,
             GError     **error)
{
  const char *paths[] = { path, NULL };
  HoneReaderOptions options = { .format = format };

  return hone_reader_open (paths, &options, error);
}

GPtrArray *
helper_read_all (HoneReader  *reader,
                 GPtrArray  **refused,
                 GError     **error)
{
  GPtrArray *records = g_ptr_array_new_with_free_func ((GDestroyNotify) hone_record_free);
  GPtrArray *bad = g_ptr_array_new_with_free_func ((GDestroyNotify) hone_record_free);

  for (;;)
    {
      g_autoptr(GError) local_error = NULL;
      HoneRecord *record = NULL;
      HoneReadStatus status = hone_reader_next (reader, &record, &local_error);

      if (status == HONE_READ_RECORD)
        {
          g_assert_no_error (local_error);
          g_assert_nonnull (record);
          g_ptr_array_add (records, record);
          continue;
        }
      if (status == HONE_READ_REFUSED)
        {
          g_assert_no_error (local_error);
          g_assert_nonnull (record);
          g_assert_cmpuint (record->warnings->len, >, 0);
          g_ptr_array_add (bad, record);
          continue;
        }

      g_assert_null (record);
      g_assert_true ((status == HONE_READ_ERROR) == (local_error != NULL));
      if (local_error != NULL)
        g_propagate_error (error, g_steal_pointer (&local_error));
      break;
    }

  /* The end stays the end. */
  {
    HoneRecord *record = NULL;

    g_assert_cmpint (hone_reader_next (reader, &record, NULL), ==, HONE_READ_END);
  }

  if (refused != NULL)
    *refused = bad;
  else
    g_ptr_array_unref (bad);

  return records;
}

GPtrArray *
helper_read (const char *path,
             HoneFormat  format)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(GPtrArray) refused = NULL;
  g_autoptr(HoneReader) reader = helper_open (path, format, &error);
  GPtrArray *records;

  g_assert_no_error (error);
  g_assert_nonnull (reader);
  records = helper_read_all (reader, &refused, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (refused->len, ==, 0);

  return records;
}

void
helper_assert_fails (const char *path,
                     HoneFormat  format,
                     int         code,
                     const char *part)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneReader) reader = helper_open (path, format, &error);

  if (reader != NULL)
    {
      G_GNUC_UNUSED g_autoptr(GPtrArray) records = helper_read_all (reader, NULL, &error);
    }
  g_assert_error (error, HONE_FORMATS_ERROR, code);
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” does not hold “%s”", error->message, part);
  g_assert_false (g_str_has_suffix (error->message, "."));
  g_test_message ("%s", error->message);
}

guint
helper_count (GPtrArray       *records,
              HoneWarningCode  code)
{
  guint n = 0;

  for (guint i = 0; i < records->len; i++)
    n += hone_record_has_warning (records->pdata[i], code);

  return n;
}

const char *
helper_word (HoneRecord *record,
             guint       nth)
{
  HoneRecordLabel *label = record->labels->len > 0 ? g_ptr_array_index (record->labels, 0) : NULL;

  if (label == NULL || label->words == NULL || nth >= g_strv_length (label->words))
    return NULL;

  return label->words[nth];
}
