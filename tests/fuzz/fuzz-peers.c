/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Folders as peers write them, read and written again: the first byte chooses the format to read (0: guessed), the second the
 * format to write. The rest are files: a byte for the name, two for the length, the contents. */
#include "config.h"

#include <glib/gstdio.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include "formats/hone-reader.h"
#include "formats/hone-writer.h"

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static const char * const names[] = {
  "README.md", "train.csv", "data.json", "records.json", ".argilla/settings.json", "interface.json", "texts/train/a.txt",
  "labels/a.json", "predictions/m/a.json", "dataset_info.json", "own.jsonl", "all.txt", "ana.jsonl", "ben.jsonl",
  "runs/1/task_run.kiln", "requests.jsonl", "assets/a.txt", "validation.csv",
};

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = g_file_test (path, G_FILE_TEST_IS_DIR) ? g_dir_open (path, 0, NULL) : NULL;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      remove_tree (inner);
    }
  g_remove (path);
}

static const char *
folder (void)
{
  static char *path;

  if (path == NULL)
    path = g_dir_make_tmp ("hone-fuzz-XXXXXX", NULL);

  return path;
}

static void
put_files (const char    *path,
           const uint8_t *data,
           size_t         size)
{
  g_mkdir (path, 0700);
  while (size > 3)
    {
      g_autofree char *file = g_build_filename (path, names[data[0] % G_N_ELEMENTS (names)], NULL);
      g_autofree char *parent = g_path_get_dirname (file);
      size_t length = MIN ((size_t) data[1] * 256 + data[2], size - 3);

      g_mkdir_with_parents (parent, 0700);
      g_file_set_contents (file, (const char *) data + 3, length, NULL);
      data += 3 + length;
      size -= 3 + length;
    }
}

static HoneOntology *
make_ontology (uint8_t byte)
{
  HoneOntology *ontology = hone_ontology_new (byte & 1 ? HONE_CHOICE_SEVERAL : HONE_CHOICE_ONE, NULL);
  HoneCategory money = { .name = (char *) "Money" }, sports = { .name = (char *) "World News" };

  hone_ontology_add (ontology, &money, NULL);
  hone_ontology_add (ontology, &sports, NULL);

  return ontology;
}

/* Words as the importer would leave them: keys of the ontology. */
static void
match_words (const HoneOntology   *ontology,
             char               ***words)
{
  g_autoptr(GStrvBuilder) keys = g_strv_builder_new ();

  for (gsize i = 0; *words != NULL && (*words)[i] != NULL; i++)
    {
      const HoneCategory *category = hone_ontology_match (ontology, (*words)[i]);

      if (category != NULL)
        g_strv_builder_add (keys, category->key);
    }
  g_strfreev (*words);
  *words = g_strv_builder_end (keys);
  if ((*words)[0] == NULL)
    g_clear_pointer (words, g_strfreev);
}

static void
match_record (HoneRecord         *record,
              const HoneOntology *ontology)
{
  for (guint i = record->labels->len; i-- > 0;)
    {
      HoneRecordLabel *label = g_ptr_array_index (record->labels, i);

      match_words (ontology, &label->words);
      if (label->words == NULL && !label->skip)
        g_ptr_array_remove_index (record->labels, i);
    }
  for (guint i = 0; i < record->predictions->len; i++)
    {
      HoneRecordPrediction *prediction = g_ptr_array_index (record->predictions, i);

      match_words (ontology, &prediction->words);
      if (!prediction->judged)
        prediction->outcome = prediction->words != NULL ? HONE_OUTCOME_ANSWERED : HONE_OUTCOME_OUT_OF_SET;
      prediction->judged = TRUE;
    }
}

/* Reads all; hands what it reads to @writer. Returns the number of texts written. */
static guint64
read_all (const char         *path,
          HoneFormat          format,
          const HoneOntology *ontology,
          HoneWriter         *writer,
          HoneLossReport     *report)
{
  const char *paths[] = { path, NULL };
  HoneReaderOptions options = { .format = format, .ontology = ontology };
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneReader) reader = hone_reader_open (paths, &options, &error);
  HoneReadStatus status;
  guint64 n = 0;

  g_assert_true ((reader == NULL) == (error != NULL));
  if (reader == NULL)
    return 0;

  do
    {
      g_autoptr(HoneRecord) record = NULL;

      status = hone_reader_next (reader, &record, &error);
      g_assert_true ((status == HONE_READ_ERROR) == (error != NULL));
      if (status != HONE_READ_RECORD || record->text == NULL)
        continue;
      if (writer == NULL)
        {
          n++;
          continue;
        }

      match_record (record, ontology);
      hone_loss_report_add (report, record);
      if (hone_writer_write (writer, record, &error))
        {
          n++;
          continue;
        }
      /* Two records of one id are one file for Kili: the importer refuses the second. */
      if (!g_error_matches (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_UNWRITABLE))
        return 0;
      g_clear_error (&error);
    }
  while (status == HONE_READ_RECORD || status == HONE_READ_REFUSED);

  return n;
}

static void
there_and_back (const char *from,
                const char *to,
                HoneFormat  format,
                HoneFormat  written,
                uint8_t     byte)
{
  g_autoptr(HoneOntology) ontology = make_ontology (byte);
  HoneWriterOptions options = {
    .format = written, .ontology = ontology, .with_labels = TRUE, .with_predictions = (byte & 2) != 0, .flat = (byte & 4) != 0,
  };
  g_autoptr(HoneWriter) writer = hone_writer_open (to, &options, NULL);
  g_autoptr(HoneLossReport) report = hone_loss_report_new (&options);
  guint64 n;

  n = read_all (from, format, ontology, writer, report);
  g_assert_nonnull (hone_loss_report_sentences (report));
  if (writer == NULL || n == 0)
    return;

  g_assert_true (hone_writer_close (writer, NULL));
  read_all (to, written, ontology, NULL, NULL);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autofree char *from = g_build_filename (folder (), "in", NULL);
  g_autofree char *to = g_build_filename (folder (), "out.json", NULL);

  if (size < 3)
    return 0;

  put_files (from, data + 3, size - 3);
  there_and_back (from, to, data[0] % HONE_N_FORMATS, data[1] % HONE_N_FORMATS, data[2]);
  remove_tree (from);
  remove_tree (to);

  return 0;
}
