/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Bytes to text: encodings, line ends, line numbers, limits. */
#include "config.h"

#include <string.h>

#include "formats/hone-format.h"
#include "formats/hone-input.h"

static HoneInput *
open_bytes (const char *data,
            gsize       length,
            const char *encoding)
{
  g_autoptr(GError) error = NULL;
  HoneInput *input = hone_input_new_memory ("file.txt", data, length, encoding, &error);

  g_assert_no_error (error);

  return input;
}

/* Lines as "1:first 2:second". */
static void
assert_lines (HoneInput  *input,
              const char *wanted)
{
  g_autoptr(GString) out = g_string_new (NULL);

  for (;;)
    {
      g_autoptr(GError) error = NULL;
      guint64 line = hone_input_get_line (input);
      gsize length;
      const char *text = hone_input_read_line (input, &length, &error);

      g_assert_no_error (error);
      if (text == NULL)
        break;
      g_assert_cmpuint (strlen (text), ==, length);
      g_string_append_printf (out, "%s%" G_GUINT64_FORMAT ":%s", out->len > 0 ? " " : "", line, text);
    }
  g_assert_cmpstr (out->str, ==, wanted);
}

static void
assert_bad (const char *data,
            gsize       length,
            const char *encoding,
            const char *part)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneInput) input = hone_input_new_memory ("file.txt", data, length, encoding, &error);

  while (input != NULL && hone_input_read_line (input, NULL, &error) != NULL)
    continue;
  g_assert_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_MALFORMED);
  if (strstr (error->message, part) == NULL)
    g_error ("“%s” does not hold “%s”", error->message, part);
}

static void
test_line_ends (void)
{
  static const struct {
    const char *text, *lines;
  } cases[] = {
    { "a\nb\n", "1:a 2:b" }, { "a\r\nb\r\n", "1:a 2:b" }, { "a\rb\r", "1:a 2:b" }, { "a\n\nb", "1:a 2: 3:b" },
    { "a\r\r\nb\n\rc", "1:a 2: 3:b 4: 5:c" }, { "", "" }, { "\n", "1:" }, { "a", "1:a" }, { "a\r", "1:a" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(HoneInput) input = open_bytes (cases[i].text, strlen (cases[i].text), NULL);

      assert_lines (input, cases[i].lines);
    }
}

static void
test_encodings (void)
{
  static const struct {
    const char *bytes;
    gsize       length;
    const char *asked, *found;
    gboolean    guessed;
    const char *lines;
  } cases[] = {
    { "\xef\xbb\xbf" "é\nb", 7, NULL, "UTF-8", FALSE, "1:é 2:b" },
    { "\xff\xfe" "a\0\n\0\x78\x90\x3d\xd8\xf3\xdd", 12, NULL, "UTF-16LE", FALSE, "1:a 2:選🗳" },
    { "\xfe\xff" "\0a\0\r\0\n\x90\x78", 10, NULL, "UTF-16BE", FALSE, "1:a 2:選" },
    { "caf\xe9\n\x80 \x93x\x94 \x81", 12, NULL, "windows-1252", TRUE, "1:café 2:€ “x” \xc2\x81" },
    { "\xef\xbb\xbf" "caf\xe9!", 8, NULL, "windows-1252", TRUE, "1:café!" },
    { "caf\xe9", 4, NULL, "windows-1252", TRUE, "1:café" },
    { "caf\xe9", 4, "windows-1252", "windows-1252", FALSE, "1:café" },
    { "caf\xe9\xa4", 5, "ISO-8859-15", "ISO-8859-15", FALSE, "1:café€" },
    { "\xef\xbb\xbf" "a", 4, "utf-8", "utf-8", FALSE, "1:a" },
    { "\xff\xfe" "a\0", 4, "UTF-16", "UTF-16", FALSE, "1:a" },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr(HoneInput) input = open_bytes (cases[i].bytes, cases[i].length, cases[i].asked);

      g_assert_cmpstr (hone_input_get_encoding (input), ==, cases[i].found);
      g_assert_cmpint (hone_input_get_guessed (input), ==, cases[i].guessed);
      assert_lines (input, cases[i].lines);
    }
}

static void
test_unknown_encoding (void)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneInput) input = hone_input_new_memory ("file.txt", "a", 1, "klingon", &error);

  g_assert_null (input);
  g_assert_error (error, HONE_FORMATS_ERROR, HONE_FORMATS_ERROR_OPEN);
}

static void
test_bad (void)
{
  g_autofree char *big = g_strnfill (40 * 1024 * 1024, 'a');

  memcpy (big, "first\n", 6);
  /* Valid but for the end: cut. Where nothing else is UTF-8 it is windows-1252, see above. */
  assert_bad ("é\n\xc3", 4, NULL, "middle of a character");
  assert_bad ("a\nb\n\0c", 6, NULL, "line 3: there is a NUL byte");
  assert_bad ("a\r\nb\r\n\xff\0c", 9, NULL, "line 3: there is a NUL byte");
  assert_bad ("\x89PNG\r\n\x1a\n\x01\xff", 11, NULL, "control characters");
  assert_bad ("a\n\xe9", 3, "UTF-8", "line 2");
  assert_bad ("\xff\xfe" "a\0\n\0\x3d\xd8", 8, NULL, "line 2");
  assert_bad ("\xff\xfe" "a\0\0\0", 6, NULL, "NUL");
  assert_bad (big, 40 * 1024 * 1024, NULL, "line 2: the line or record is longer than 16 MiB");
}

/* Line ends and characters that the blocks of reading cut. */
static void
test_block_borders (void)
{
  for (guint shift = 0; shift < 5; shift++)
    {
      g_autoptr(GString) text = g_string_new (NULL);
      g_autoptr(HoneInput) input = NULL;
      guint n = 0;

      for (guint i = 0; i < shift; i++)
        g_string_append_c (text, 'x');
      while (text->len < 600 * 1024)
        g_string_append (text, "🗳选é\r\n");
      input = open_bytes (text->str, text->len, NULL);
      for (;; n++)
        {
          g_autoptr(GError) error = NULL;
          guint64 line = hone_input_get_line (input);
          const char *got = hone_input_read_line (input, NULL, &error);

          g_assert_no_error (error);
          if (got == NULL)
            break;
          g_assert_cmpuint (line, ==, n + 1);
          g_assert_cmpstr (n == 0 ? got + shift : got, ==, "🗳选é");
        }
      g_assert_cmpuint (hone_input_get_line (input), ==, n + 1);
      g_assert_cmpuint (hone_input_get_position (input), ==, text->len);
      g_assert_cmpuint (hone_input_get_offset (input), ==, text->len);
    }
}

static void
test_window (void)
{
  g_autoptr(HoneInput) input = open_bytes ("ab\ncd", 5, NULL);
  gsize length;

  g_assert_cmpint (hone_input_fill (input, NULL), ==, 5);
  g_assert_cmpint (memcmp (hone_input_window (input, &length), "ab\ncd", 5), ==, 0);
  g_assert_cmpuint (length, ==, 5);
  g_assert_cmpuint (hone_input_line_at (input, 2), ==, 1);
  g_assert_cmpuint (hone_input_line_at (input, 3), ==, 2);
  hone_input_skip (input, 4);
  g_assert_cmpuint (hone_input_get_line (input), ==, 2);
  g_assert_cmpint (hone_input_fill (input, NULL), ==, 0);
  g_assert_cmpint (memcmp (hone_input_window (input, &length), "d", 1), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/formats/input/line-ends", test_line_ends);
  g_test_add_func ("/formats/input/encodings", test_encodings);
  g_test_add_func ("/formats/input/unknown-encoding", test_unknown_encoding);
  g_test_add_func ("/formats/input/bad", test_bad);
  g_test_add_func ("/formats/input/block-borders", test_block_borders);
  g_test_add_func ("/formats/input/window", test_window);

  return g_test_run ();
}
