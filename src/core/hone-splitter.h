/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Deals split roles: seeded, stratified, streaming. Counts of each stratum stay within one of the wanted shares. */
#pragma once

#include "hone-types.h"

G_BEGIN_DECLS

typedef struct {
  double share[HONE_N_SPLITS];  /* sum 1 */
} HoneShares;

/* "80/10/10" or "80/20" (train/validation); whole numbers or decimals that sum to 100. */
gboolean hone_shares_parse (const char  *string,
                            HoneShares  *shares,
                            GError     **error);

typedef struct _HoneSplitter HoneSplitter;

HoneSplitter *hone_splitter_new   (const HoneShares *shares,
                                   guint64           seed);
void          hone_splitter_free  (HoneSplitter     *self);
/* Tells of roles that exist already, so that new ones go on from there. */
void          hone_splitter_count (HoneSplitter     *self,
                                   guint64           stratum,
                                   HoneSplit         split,
                                   guint64           n);
/* The role of the next example of a stratum (0: unlabelled). */
HoneSplit     hone_splitter_next  (HoneSplitter     *self,
                                   guint64           stratum);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneSplitter, hone_splitter_free)

G_END_DECLS
