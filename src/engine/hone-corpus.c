/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Flat arrays instead of one allocation per text: 100,000 texts cost little more than their bytes. */
#include "config.h"

#include <string.h>

#include "hone-corpus.h"

/**
 * hone_corpus_new:
 *
 * Returns: (transfer full): a corpus without texts
 */
HoneCorpus *
hone_corpus_new (void)
{
  HoneCorpus *self = g_new0 (HoneCorpus, 1);
  gsize none = 0;

  self->bytes = g_string_new (NULL);
  self->ids = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->texts = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->lengths = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->weights = g_array_new (FALSE, FALSE, sizeof (double));
  self->starts = g_array_new (FALSE, FALSE, sizeof (gsize));
  self->categories = g_array_new (FALSE, FALSE, sizeof (guint32));
  g_array_append_val (self->starts, none);
  return self;
}

/**
 * hone_corpus_free:
 * @self: (transfer full): a corpus
 *
 * Frees all texts.
 */
void
hone_corpus_free (HoneCorpus *self)
{
  g_return_if_fail (self != NULL);

  g_string_free (self->bytes, TRUE);
  g_array_unref (self->ids);
  g_array_unref (self->texts);
  g_array_unref (self->lengths);
  g_array_unref (self->weights);
  g_array_unref (self->starts);
  g_array_unref (self->categories);
  g_free (self);
}

static void
add_string (HoneCorpus *self,
            GArray     *offsets,
            const char *string,
            gsize       length)
{
  gsize offset = self->bytes->len;

  g_array_append_val (offsets, offset);
  g_string_append_len (self->bytes, string, (gssize) length + 1);
}

static void
add_text (HoneCorpus *self,
          const char *id,
          const char *text)
{
  gsize length = strlen (text);

  add_string (self, self->ids, id, strlen (id));
  add_string (self, self->texts, text, length);
  g_array_append_val (self->lengths, length);
  self->n_texts++;
}

/**
 * hone_corpus_add_labelled:
 * @self: a corpus without unlabelled texts so far
 * @id: what the front end calls the text
 * @text: valid UTF-8
 * @weight: how many times the text counts, finite and above 0
 * @categories: (array length=n_categories): indices of its categories
 * @n_categories: how many; 0 says that none of them fits
 *
 * Appends a text to train on.
 */
void
hone_corpus_add_labelled (HoneCorpus    *self,
                          const char    *id,
                          const char    *text,
                          double         weight,
                          const guint32 *categories,
                          gsize          n_categories)
{
  gsize end;

  g_return_if_fail (self != NULL && self->n_labelled == self->n_texts);
  g_return_if_fail (weight > 0);

  add_text (self, id, text);
  g_array_append_val (self->weights, weight);
  if (n_categories > 0)
    g_array_append_vals (self->categories, categories, (guint) n_categories);
  end = self->categories->len;
  g_array_append_val (self->starts, end);
  self->n_labelled++;
}

/**
 * hone_corpus_add_unlabelled:
 * @self: a corpus
 * @id: what the front end calls the text
 * @text: valid UTF-8
 *
 * Appends a text whose categories nobody has told.
 */
void
hone_corpus_add_unlabelled (HoneCorpus *self,
                            const char *id,
                            const char *text)
{
  g_return_if_fail (self != NULL);

  add_text (self, id, text);
}

/**
 * hone_corpus_get_id:
 * @self: a corpus
 * @nth: from 0
 *
 * Returns: (transfer none): the id of a text, until the next one is added
 */
const char *
hone_corpus_get_id (const HoneCorpus *self,
                    gsize             nth)
{
  g_return_val_if_fail (self != NULL && nth < self->n_texts, NULL);

  return self->bytes->str + g_array_index (self->ids, gsize, nth);
}

/**
 * hone_corpus_get_text:
 * @self: a corpus
 * @nth: from 0
 * @length: (out): bytes
 *
 * Returns: (transfer none): a text, until the next one is added
 */
const char *
hone_corpus_get_text (const HoneCorpus *self,
                      gsize             nth,
                      gsize            *length)
{
  g_return_val_if_fail (self != NULL && nth < self->n_texts, NULL);

  *length = g_array_index (self->lengths, gsize, nth);
  return self->bytes->str + g_array_index (self->texts, gsize, nth);
}

/**
 * hone_corpus_get_categories:
 * @self: a corpus
 * @nth: from 0, a labelled text
 * @n_categories: (out): how many
 *
 * Returns: (transfer none) (array length=n_categories): the categories of a text
 */
const guint32 *
hone_corpus_get_categories (const HoneCorpus *self,
                            gsize             nth,
                            gsize            *n_categories)
{
  gsize start;

  g_return_val_if_fail (self != NULL && nth < self->n_labelled, NULL);

  start = g_array_index (self->starts, gsize, nth);
  *n_categories = g_array_index (self->starts, gsize, nth + 1) - start;
  return (const guint32 *) (gpointer) self->categories->data + start;
}

/**
 * hone_corpus_get_weight:
 * @self: a corpus
 * @nth: from 0, a labelled text
 *
 * Returns: how many times the text counts
 */
double
hone_corpus_get_weight (const HoneCorpus *self,
                        gsize             nth)
{
  g_return_val_if_fail (self != NULL && nth < self->n_labelled, 0);

  return g_array_index (self->weights, double, nth);
}
