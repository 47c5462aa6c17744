/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Scores of a prediction as bytes: float32, little-endian. */
#include "config.h"

#include <string.h>

#include "hone-store-scores-private.h"

GBytes *
_hone_scores_pack (const double *scores,
                   gsize         n)
{
  guint8 *bytes = g_malloc (MAX (n, 1) * 4);

  for (gsize i = 0; i < n; i++)
    {
      float value = (float) scores[i];
      guint32 word;

      memcpy (&word, &value, 4);
      word = GUINT32_TO_LE (word);
      memcpy (bytes + 4 * i, &word, 4);
    }
  return g_bytes_new_take (bytes, n * 4);
}

double *
_hone_scores_unpack (const void *blob,
                     gsize       size,
                     gsize      *n)
{
  double *scores;

  *n = size / 4;
  if (!blob || *n == 0)
    return NULL;
  scores = g_new (double, *n);
  for (gsize i = 0; i < *n; i++)
    {
      guint32 word;
      float value;

      memcpy (&word, (const guint8 *) blob + 4 * i, 4);
      word = GUINT32_FROM_LE (word);
      memcpy (&value, &word, 4);
      scores[i] = value;
    }
  return scores;
}
