/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The project file: opening, closing, settings, ontology, copies.
 *
 * Threads: there is one writing connection, and writers take turns on it: labels and everything else that a person waits for first,
 * long works in slices of at most 20 ms between them. Every writing function blocks until its work is committed, so call them from
 * worker threads (or from programs without a window). Reading functions use a pool of reading connections and may be called from any
 * thread but that of a window. hone_store_call_async () runs any of them for a window. */
#pragma once

#include "core/hone-ontology.h"
#include "core/hone-template.h"
#include "hone-store-error.h"

G_BEGIN_DECLS

#define HONE_TYPE_STORE (hone_store_get_type ())
G_DECLARE_FINAL_TYPE (HoneStore, hone_store, HONE, STORE, GObject)

typedef enum {
  HONE_STORE_READ,
  HONE_STORE_WRITE,             /* takes the project's writer lock; sweeps what a kill left behind */
} HoneStoreMode;

HoneStore    *hone_store_create          (const char         *path,
                                          guint64             seed,
                                          GError            **error);
HoneStore    *hone_store_open            (const char         *path,
                                          HoneStoreMode       mode,
                                          GError            **error);
/* Waits for queued writes, checkpoints, leaves one file. Also done, silently, by the last unref. */
gboolean      hone_store_close           (HoneStore          *self,
                                          GError            **error);
const char   *hone_store_get_path        (HoneStore          *self);
gboolean      hone_store_get_writable    (HoneStore          *self);
/* A random id given at creation, kept by copies under another one; names the project's run folders. */
const char   *hone_store_get_uuid        (HoneStore          *self);
guint64       hone_store_get_seed        (HoneStore          *self);

/* The newest ontology. With size 0 until the first is set. */
HoneOntology *hone_store_dup_ontology    (HoneStore          *self);
/* Of a version that a training list or an iteration names; NULL with NOT_FOUND. */
HoneOntology *hone_store_dup_ontology_at (HoneStore          *self,
                                          gint64              version,
                                          GError            **error);
gint64        hone_store_get_ontology_version (HoneStore     *self);
/* A new version. Categories keep their ids; a category that is missing from it must not be used by any label (CONFLICT). */
gboolean      hone_store_set_ontology    (HoneStore          *self,
                                          const HoneOntology *ontology,
                                          GError            **error);
HoneTemplate *hone_store_dup_template    (HoneStore          *self);
gboolean      hone_store_set_template    (HoneStore          *self,
                                          HoneTemplate       *template,
                                          GError            **error);
/* Small named values of the project: (nullable) strings. */
char         *hone_store_dup_setting     (HoneStore          *self,
                                          const char         *name);
gboolean      hone_store_set_setting     (HoneStore          *self,
                                          const char         *name,
                                          const char         *value,
                                          GError            **error);

/* @fraction: 0 to 1. Called in the thread of the caller. */
typedef void (*HoneStoreProgress) (double fraction, gpointer data);
/* Through SQLite's backup; the copy is whole or absent. */
gboolean      hone_store_save_copy       (HoneStore          *self,
                                          const char         *path,
                                          HoneStoreProgress   progress,
                                          gpointer            progress_data,
                                          GCancellable       *cancellable,
                                          GError            **error);
/* Bytes of the file, and how many of them hold nothing. */
gboolean      hone_store_get_size        (HoneStore          *self,
                                          guint64            *size,
                                          guint64            *unused,
                                          GError            **error);
gboolean      hone_store_compact         (HoneStore          *self,
                                          GCancellable       *cancellable,
                                          GError            **error);
/* integrity_check, foreign keys, and every kept count against a recount. For tests and support. */
gboolean      hone_store_check           (HoneStore          *self,
                                          GError            **error);

typedef enum {
  HONE_LANE_READ,               /* side by side */
  HONE_LANE_WRITE,              /* short writes, one after the other: labels, flags, settings */
  HONE_LANE_LONG,               /* one after the other, beside the short ones: deletions, copies */
} HoneLane;
#define HONE_N_LANES (HONE_LANE_LONG + 1)
typedef gpointer (*HoneStoreFunc) (HoneStore *self, gpointer data, GCancellable *cancellable, GError **error);
void          hone_store_call_async      (HoneStore          *self,
                                          HoneLane            lane,
                                          HoneStoreFunc       func,
                                          gpointer            data,
                                          GDestroyNotify      data_free,
                                          GDestroyNotify      result_free,
                                          GCancellable       *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer            user_data);
gpointer      hone_store_call_finish     (HoneStore          *self,
                                          GAsyncResult       *result,
                                          GError            **error);

G_END_DECLS
