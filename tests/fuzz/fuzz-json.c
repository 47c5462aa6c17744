/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The JSON value tree and stream: whatever is read prints and reads back the same, and no input breaks anything. */
#include "config.h"

#include <stdint.h>

#include "formats/hone-input.h"
#include "formats/hone-json.h"

int LLVMFuzzerTestOneInput (const uint8_t *data,
                            size_t         size);

static void
check_value (const HoneJson *value)
{
  g_autoptr(GString) once = g_string_new (NULL);
  g_autoptr(GString) twice = g_string_new (NULL);
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneJson) again = NULL;

  hone_json_print (value, once);
  again = hone_json_parse (once->str, once->len, &error);
  g_assert_no_error (error);
  hone_json_print (again, twice);
  g_assert_true (g_string_equal (once, twice));
}

static void
check_stream (const uint8_t      *data,
              size_t              size,
              HoneJsonStreamMode  mode)
{
  HoneInput *input = hone_input_new_memory ("fuzz", (const char *) data, size, NULL, NULL);
  g_autoptr(HoneJsonStream) stream = NULL;
  HoneJsonStreamStatus status;

  if (input == NULL)
    return;

  stream = hone_json_stream_new (input, mode);
  do
    {
      g_autoptr(GError) error = NULL;
      g_autoptr(HoneJson) value = NULL;

      status = hone_json_stream_next (stream, &value, &error);
      g_assert_true ((status == HONE_JSON_STREAM_VALUE) == (value != NULL));
      g_assert_true ((status == HONE_JSON_STREAM_BAD || status == HONE_JSON_STREAM_ERROR) == (error != NULL));
      if (value != NULL)
        check_value (value);
    }
  while (status == HONE_JSON_STREAM_VALUE || status == HONE_JSON_STREAM_BAD);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data,
                        size_t         size)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(HoneJson) value = hone_json_parse ((const char *) data, size, &error);

  g_assert_true ((value == NULL) == (error != NULL));
  if (value != NULL)
    check_value (value);
  check_stream (data, size, HONE_JSON_STREAM_GUESS);
  check_stream (data, size, HONE_JSON_STREAM_LINES);
  check_stream (data, size, HONE_JSON_STREAM_VALUES);

  return 0;
}
