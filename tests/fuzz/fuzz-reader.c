/* SPDX-License-Identifier: GPL-3.0-or-later */
/* All readers and the ontology reader over one file. The first byte chooses the format (0: guessed) and whether the user named
 * columns, the second the ending of the file. */
#include "config.h"

#include <glib/gstdio.h>
#include <stdint.h>
#include <unistd.h>

#include "formats/hone-json.h"
#include "formats/hone-reader.h"

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static const char *
folder (void)
{
  static char *path;

  if (path == NULL)
    path = g_dir_make_tmp ("hone-fuzz-XXXXXX", NULL);

  return path;
}

static void
check_record (const HoneRecord *record,
              gboolean          refused)
{
  g_assert_nonnull (record->path);
  g_assert_true (!refused || record->warnings->len > 0);
  g_assert_true (refused || record->text != NULL || record->must_exist);
  g_assert_true (record->text == NULL || g_utf8_validate (record->text, -1, NULL));
  g_assert_cmpint (record->split, <, HONE_N_SPLITS);
  if (record->meta != NULL)
    {
      g_autoptr(HoneJson) meta = hone_json_parse (record->meta, -1, NULL);

      g_assert_cmpint (hone_json_get_type_of (meta), ==, HONE_JSON_OBJECT);
    }
  for (guint i = 0; i < record->labels->len; i++)
    {
      const HoneRecordLabel *label = g_ptr_array_index (record->labels, i);

      g_assert_true (label->skip || (label->words != NULL && label->words[0] != NULL));
    }
  for (guint i = 0; i < record->predictions->len; i++)
    {
      const HoneRecordPrediction *prediction = g_ptr_array_index (record->predictions, i);

      g_assert_false (prediction->confidence < 0 || prediction->confidence > 1);
    }
}

static void
check_file (const char              *path,
            const HoneReaderOptions *options)
{
  const char *paths[] = { path, NULL };
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneReader) reader = hone_reader_open (paths, options, &error);
  g_autofree char *description = NULL;
  HoneReadStatus status;

  g_assert_true ((reader == NULL) == (error != NULL));
  if (reader == NULL)
    return;

  description = hone_reader_dup_description (reader);
  g_assert_nonnull (description);
  do
    {
      g_autoptr(HoneRecord) record = NULL;

      status = hone_reader_next (reader, &record, &error);
      g_assert_true ((status == HONE_READ_ERROR) == (error != NULL));
      g_assert_true ((status == HONE_READ_RECORD || status == HONE_READ_REFUSED) == (record != NULL));
      if (record != NULL)
        check_record (record, status == HONE_READ_REFUSED);
    }
  while (status == HONE_READ_RECORD || status == HONE_READ_REFUSED);
}

static void
check_ontology (const char *path)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneOntology) ontology = hone_ontology_read_file (path, &error);
  g_autofree char *json = NULL;

  g_assert_true ((ontology == NULL) == (error != NULL));
  if (ontology == NULL)
    return;
  g_assert_cmpuint (hone_ontology_get_size (ontology), >, 0);
  json = hone_ontology_to_kili_json (ontology);
  g_assert_nonnull (json);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static const char * const endings[] = { "csv", "tsv", "txt", "json", "jsonl", "zip", "md", "kiln" };
  g_autofree char *name = NULL, *path = NULL;
  HoneReaderOptions options = { 0, };

  if (size < 2)
    return 0;

  options.format = data[0] % HONE_N_FORMATS;
  if (data[0] >= 128)
    {
      options.text_column = "1";
      options.label_column = "2";
    }
  name = g_strconcat ("input.", endings[data[1] % G_N_ELEMENTS (endings)], NULL);
  path = g_build_filename (folder (), name, NULL);
  if (!g_file_set_contents (path, (const char *) data + 2, size - 2, NULL))
    return 0;

  check_file (path, &options);
  check_ontology (path);
  g_unlink (path);

  return 0;
}
