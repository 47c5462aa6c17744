/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Delimited records: what was read, printed again, reads back the same. The first byte chooses the delimiter. */
#include "config.h"

#include <stdint.h>

#include "formats/hone-csv.h"

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static void
check_record (HoneCsv *csv,
              char     delimiter)
{
  g_autoptr(GString) line = g_string_new (NULL);
  g_autoptr(HoneCsv) again = NULL;
  gsize n = hone_csv_get_n_fields (csv);

  g_assert_cmpuint (n, >, 0);
  g_assert_cmpuint (hone_csv_get_line (csv), >, 0);
  for (gsize i = 0; i < n; i++)
    {
      if (i > 0)
        g_string_append_c (line, delimiter);
      hone_csv_print_field (line, hone_csv_get_field (csv, i), delimiter);
    }
  /* A lone empty field is a blank line, and U+FEFF at the start would be the mark of a file. */
  if ((n == 1 && line->len == 0) || g_str_has_prefix (line->str, "\xef\xbb\xbf"))
    return;

  again = hone_csv_new (hone_input_new_memory ("again", line->str, line->len, "UTF-8", NULL), delimiter);
  g_assert_true (hone_csv_next (again, NULL));
  g_assert_cmpuint (hone_csv_get_n_fields (again), ==, n);
  for (gsize i = 0; i < n; i++)
    g_assert_cmpstr (hone_csv_get_field (again, i), ==, hone_csv_get_field (csv, i));
  g_assert_false (hone_csv_next (again, NULL));
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  static const char delimiters[] = { '\0', ',', ';', '\t', '|' };
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneCsv) csv = NULL;
  HoneInput *input;

  if (size == 0)
    return 0;
  input = hone_input_new_memory ("fuzz", (const char *) data + 1, size - 1, NULL, NULL);
  if (input == NULL)
    return 0;

  csv = hone_csv_new (input, delimiters[data[0] % sizeof delimiters]);
  while (hone_csv_next (csv, &error))
    check_record (csv, hone_csv_get_delimiter (csv));
  g_assert_cmpuint (hone_csv_get_n_fields (csv), ==, 0);

  return 0;
}
