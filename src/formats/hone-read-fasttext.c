/* SPDX-License-Identifier: GPL-3.0-or-later */
/* fastText: "__label__KEY text" lines. */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hone-fasttext.h"
#include "hone-peer.h"

static HonePeerShape
fasttext_shape (HonePeer         *self,
                const HoneSource *source,
                int              *rank)
{
  return source->named || hone_source_has_suffix (source, ".txt") || hone_source_has_suffix (source, ".train")
             || hone_source_has_suffix (source, ".valid") || hone_source_has_suffix (source, ".test") ? HONE_PEER_LINES : HONE_PEER_SKIP;
}

static gboolean
fasttext_map (HonePeer       *self,
              const HoneJson *value,
              HoneRecord     *record)
{
  char **words = NULL;

  record->text = _hone_fasttext_split (hone_json_get_string (value), self->reader->project, FALSE, &words, NULL);
  /* Of several files the names tell the splits; a single one is what the user says it is. */
  if (self->n_files > 1 || !self->reader->source->named)
    record->split = _hone_map_split_from_name (_hone_source_base_name (self->reader->source));
  if (words != NULL)
    hone_record_add_label (record)->words = words;

  return TRUE;
}

static const HonePeerOps fasttext_ops = {
  .shape = fasttext_shape,
  .map = fasttext_map,
};

static guint
fasttext_sniff (const HoneSniff *sniff)
{
  const HoneHead *head = sniff->heads->len > 0 ? g_ptr_array_index (sniff->heads, 0) : NULL;

  return head != NULL && !head->is_json && !hone_source_has_suffix (head->source, ".csv")
         && !hone_source_has_suffix (head->source, ".tsv") && _hone_fasttext_is_one (sniff) ? 80 : 0;
}

HONE_PEER_CLASS (fasttext, HONE_FORMAT_FASTTEXT);
