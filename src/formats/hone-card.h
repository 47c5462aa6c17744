/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The card of a Hugging Face data set (README.md): which files hold which split, and what classes are called. For src/formats alone. */
#pragma once

#include "hone-reader-private.h"

G_BEGIN_DECLS

typedef struct _HoneCard HoneCard;

/* The card among the files of an import. NULL: there is none. One that cannot be read is a card that says nothing. */
HoneCard *_hone_card_load        (GPtrArray      *sources);     /* of HoneSource */
void      _hone_card_free        (HoneCard       *self);
gboolean  _hone_card_is_readable (const HoneCard *self);
/* Of several configurations one is read: the one marked as default, else the one called so, else the first. */
gsize     _hone_card_n_configs   (const HoneCard *self);
char     *_hone_card_dup_config  (const HoneCard *self);        /* (nullable): name of the one that is read */
/* Whether the card means this file; *split: HoneSplit, or -1 where the name of the file has to say. */
gboolean  _hone_card_has_file    (const HoneCard *self,
                                  const char     *name,
                                  int            *split);
/* Class names by number, of the column called so; NULL: of the first column with classes. */
GStrv     _hone_card_dup_classes (const HoneCard *self,
                                  const char     *column,       /* (nullable) */
                                  char          **found,        /* (out) (optional): name of the column */
                                  gboolean       *several);     /* (out) (optional): a text has a list of them */
/* The only column of text, where none has a name that texts usually have. */
char     *_hone_card_dup_text    (const HoneCard *self);        /* (nullable) */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneCard, _hone_card_free)

G_END_DECLS
