/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "formats/hone-format.h"

static void
test_names (void)
{
  static const char * const names[] = {
    "csv", "tsv", "text-label", "lines", "json", "jsonl", "hone-csv", "hone-jsonl", "kili", "label-studio", "label-studio-min",
    "argilla", "argilla-v1", "prodigy", "doccano", "fasttext", "openai-chat", "openai-completion", "openai-batch", "huggingface",
    "kiln", "llama-factory",
  };
  HoneFormat format = HONE_FORMAT_KILN;

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_true (hone_format_from_string (names[i], &format));
      g_assert_cmpint (format, ==, HONE_FORMAT_CSV + (int) i);
      g_assert_cmpstr (hone_format_to_string (format), ==, names[i]);
    }
  g_assert_true (hone_format_from_string ("raw", &format));
  g_assert_cmpint (format, ==, HONE_FORMAT_KILI);
  g_assert_false (hone_format_from_string ("CSV", &format));
  g_assert_false (hone_format_from_string ("", &format));
  g_assert_false (hone_format_from_string (NULL, &format));
  g_assert_cmpint (format, ==, HONE_FORMAT_KILI);
}

/* Some cells of the table in file-formats.md section 2. */
static void
test_keeps (void)
{
  for (int part = 0; part < HONE_N_PARTS; part++)
    {
      g_assert_cmpint (hone_format_keeps (HONE_FORMAT_HONE_JSONL, part), ==, HONE_KEEPS_YES);
      g_assert_nonnull (hone_part_get_name (part));
    }
  g_assert_cmpint (hone_format_keeps (HONE_FORMAT_HONE_CSV, HONE_PART_MODELS), ==, HONE_KEEPS_PARTLY);
  g_assert_cmpint (hone_format_keeps (HONE_FORMAT_HONE_CSV, HONE_PART_HISTORY), ==, HONE_KEEPS_NO);
  g_assert_cmpint (hone_format_keeps (HONE_FORMAT_HONE_CSV, HONE_PART_SKIP), ==, HONE_KEEPS_YES);
  g_assert_cmpint (hone_format_keeps (HONE_FORMAT_KILI, HONE_PART_SKIP), ==, HONE_KEEPS_NO);
  g_assert_cmpint (hone_format_keeps (HONE_FORMAT_LABEL_STUDIO, HONE_PART_HISTORY), ==, HONE_KEEPS_YES);
  g_assert_cmpint (hone_format_keeps (HONE_FORMAT_ARGILLA, HONE_PART_DEFINITION), ==, HONE_KEEPS_YES);
  g_assert_cmpint (hone_format_keeps (HONE_FORMAT_PRODIGY, HONE_PART_TIME), ==, HONE_KEEPS_YES);
  g_assert_cmpint (hone_format_keeps (HONE_FORMAT_DOCCANO, HONE_PART_KEY), ==, HONE_KEEPS_PARTLY);
  g_assert_cmpint (hone_format_keeps (HONE_FORMAT_FASTTEXT, HONE_PART_TEXT), ==, HONE_KEEPS_PARTLY);
  g_assert_cmpint (hone_format_keeps (HONE_FORMAT_OPENAI_CHAT, HONE_PART_OWN_ID), ==, HONE_KEEPS_NO);
  g_assert_cmpint (hone_format_keeps (HONE_FORMAT_HUGGINGFACE, HONE_PART_SPLIT), ==, HONE_KEEPS_YES);
  g_assert_cmpint (hone_format_keeps (HONE_FORMAT_KILN, HONE_PART_META), ==, HONE_KEEPS_PARTLY);
  g_assert_cmpint (hone_format_keeps (HONE_FORMAT_LLAMA_FACTORY, HONE_PART_DEFINITION), ==, HONE_KEEPS_PARTLY);
}

static void
test_writing (void)
{
  g_assert_false (hone_format_can_write (HONE_FORMAT_AUTO));
  g_assert_false (hone_format_can_write (HONE_FORMAT_TEXT_LABEL));
  g_assert_false (hone_format_can_write (HONE_FORMAT_ARGILLA_V1));
  g_assert_true (hone_format_can_write (HONE_FORMAT_KILI));
  g_assert_true (hone_format_is_folder (HONE_FORMAT_KILI));
  g_assert_true (hone_format_can_write (HONE_FORMAT_CSV));
  g_assert_false (hone_format_is_folder (HONE_FORMAT_CSV));
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/formats/format/names", test_names);
  g_test_add_func ("/formats/format/keeps", test_keeps);
  g_test_add_func ("/formats/format/writing", test_writing);

  return g_test_run ();
}
