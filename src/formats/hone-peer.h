/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What the readers of peers' formats have in common: each maps one JSON value (or one row, line or file turned into one) to
 * one record; hone-peer.c walks over the files, in the order a format wants, and hands the values out. For src/formats alone. */
#pragma once

#include "hone-mapping.h"
#include "hone-reader-private.h"

G_BEGIN_DECLS

typedef struct _HonePeer HonePeer;

/* How the values stand in a file. */
typedef enum {
  HONE_PEER_SKIP,         /* no records in here */
  HONE_PEER_VALUES,       /* JSON list, lines, or values one after the other */
  HONE_PEER_ROWS,         /* delimited: each row an object of strings; empty cells are left out */
  HONE_PEER_LINES,        /* plain lines: each a JSON string; blank ones are left out */
  HONE_PEER_CELLS,        /* a CSV file of one column without header: each cell a JSON string */
  HONE_PEER_WHOLE,        /* the file is one JSON string */
} HonePeerShape;

typedef struct {
  gsize           state_size;
  /* How to read a file; those with a smaller rank (0 where not set) come first. */
  HonePeerShape (*shape)   (HonePeer         *self,
                            const HoneSource *source,
                            int              *rank);
  /* First run over all values, for what can only be known from all of them. (nullable) */
  void          (*learn)   (HonePeer         *self,
                            const HoneJson   *value);
  /* Whether this import needs that run; NULL: it does. */
  gboolean      (*learns)  (HonePeer         *self);
  /* At the end of open (), after the first run. (nullable) */
  gboolean      (*settle)  (HonePeer         *self,
                            GError          **error);
  /* FALSE: refused, the record's warnings say why. A record that has neither text nor must_exist is passed over. */
  gboolean      (*map)     (HonePeer         *self,
                            const HoneJson   *value,
                            HoneRecord       *record);
  void          (*clear)   (gpointer          state);   /* (nullable) */
} HonePeerOps;

struct _HonePeer {
  const HonePeerOps *ops;
  HoneReader        *reader;
  HonePeerShape      shape;       /* of the file being read */
  gpointer           state;       /* of the format; zeroed at the start */
  guint              n_files;     /* with records */

  /* Inner workings. */
  GPtrArray         *phases;
  guint              phase;
  guint              next_whole;
  GStrv              header;
};

/* The three functions of a HoneReaderClass. */
gboolean       _hone_peer_open         (HoneReader         *reader,
                                        const HonePeerOps  *ops,
                                        GError            **error);
HoneReadStatus _hone_peer_next         (HoneReader         *reader,
                                        HoneRecord        **record,
                                        GError            **error);
void           _hone_peer_close        (HoneReader         *reader);

/* A class that does all that. */
#define HONE_PEER_CLASS(stem, FORMAT) \
  static gboolean \
  stem##_open (HoneReader *reader, GError **error) \
  { \
    return _hone_peer_open (reader, &stem##_ops, error); \
  } \
  const HoneReaderClass hone_read_##stem##_class = { \
    .format = FORMAT, \
    .sniff = stem##_sniff, \
    .open = stem##_open, \
    .next = _hone_peer_next, \
    .close = _hone_peer_close, \
  }

/* For sniff (): share of the values of all heads for which @test says TRUE. */
double         _hone_sniff_share       (const HoneSniff    *sniff,
                                        gboolean          (*test) (const HoneJson *value));
gboolean       _hone_json_is           (const HoneJson     *object,   /* a member of that type */
                                        const char         *name,
                                        HoneJsonType        type);

/* "labels/a.json" -> "a.json". */
const char    *_hone_source_base_name  (const HoneSource   *source);
gboolean       _hone_source_is_json    (const HoneSource   *source);   /* .json, .jsonl, .ndjson, or named by the user and no table */
gboolean       _hone_source_is_table   (const HoneSource   *source);   /* .csv, .tsv, or named by the user and no JSON */

G_END_DECLS
