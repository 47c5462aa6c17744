/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Model files may come from anywhere. The last bit of the input decides whether it is taken as it is or as what stands
 * between the head and a right checksum: else no input would ever get past these. */
#include "config.h"

#include <math.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "hone-engine-input.h"
#include "hone-model-file.h"

static GByteArray *
wrap (const guint8 *data,
      gsize         size)
{
  GByteArray *bytes = g_byte_array_new ();
  g_autoptr(GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  guint32 version = GUINT32_TO_LE (HONE_MODEL_FILE_VERSION);
  guint8 digest[32];
  gsize length = sizeof digest;

  g_byte_array_append (bytes, (const guint8 *) HONE_MODEL_FILE_MAGIC, HONE_ENGINE_MAGIC_SIZE);
  g_byte_array_append (bytes, (const guint8 *) &version, sizeof version);
  g_byte_array_append (bytes, data, (guint) size);
  g_checksum_update (checksum, bytes->data, bytes->len);
  g_checksum_get_digest (checksum, digest, &length);
  g_byte_array_append (bytes, digest, sizeof digest);
  return bytes;
}

static void
ask (const HoneNgramsModel *model)
{
  g_autoptr(HoneNgramsReader) reader = hone_ngrams_reader_new (model);
  g_autofree double *probabilities = g_new (double, model->n_categories);
  g_autofree guint *chosen = g_new (guint, model->n_categories);
  const char *text = "Storm closes schools";
  double confidence;

  hone_ngrams_reader_read (reader, text, strlen (text), probabilities);
  for (guint c = 0; c < model->n_categories; c++)
    g_assert_true (probabilities[c] >= 0 && probabilities[c] <= 1 + 1e-9);
  g_assert_cmpuint (hone_ngrams_model_choose (model, probabilities, chosen, &confidence), >, 0);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        size_t        size)
{
  g_autoptr(GByteArray) bytes = NULL;
  g_autoptr(HoneNgramsModel) model = NULL;
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;
  int fd;

  if (size == 0)
    return 0;
  bytes = data[size - 1] & 1 ? wrap (data, size - 1) : g_byte_array_append (g_byte_array_new (), data, (guint) size);
  fd = memfd_create ("model", 0);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, bytes->data, bytes->len), ==, (gssize) bytes->len);
  path = g_strdup_printf ("/proc/self/fd/%d", fd);

  model = hone_model_file_load (path, &error);
  g_assert_true ((model == NULL) == (error != NULL));
  if (model != NULL)
    ask (model);
  close (fd);
  return 0;
}
