/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The files of an import: named ones, those of folders, members of zip archives. Nothing is ever unpacked to disk. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _HoneArchive HoneArchive;

typedef struct {
  char        *path;      /* for people and for records: "dir/a.json", "export.zip/labels/a.json" */
  char        *name;      /* inside what the user named, with "/": "labels/a.json"; its base name where a file was named itself */
  gboolean     named;     /* the user named this very file */
  guint64      size;      /* bytes (decompressed); 0: empty or not known */
  HoneArchive *archive;   /* (nullable) */
  guint        member;    /* place in the archive */
  gboolean     told;      /* that its encoding was guessed */
  gboolean     is_json;   /* begins like JSON; known once the format was looked for, of the first files */
} HoneSource;

/* Limits of a folder or archive. */
#define HONE_SOURCE_MAX_FILES 250000
#define HONE_SOURCE_MAX_TOTAL (G_GUINT64_CONSTANT (16) << 30)
/* Real exports shrink to a twentieth; a bomb to a thousandth. Small files may shrink more. */
#define HONE_SOURCE_MAX_RATIO 250
#define HONE_SOURCE_FREE_RATIO (G_GUINT64_CONSTANT (64) << 20)

/* All files behind the paths, in a stable order: as named, folders by name, archives as they are. Array of HoneSource. */
GPtrArray  *hone_sources_find         (const char * const  *paths,
                                       GError             **error);
gboolean    hone_source_name_is_hidden (const char         *name);
gboolean    hone_source_has_suffix    (const HoneSource    *self,      /* case does not matter: ".json" */
                                       const char          *suffix);

/* Raw bytes of one source. Several may be open at once. */
typedef struct _HoneSourceStream HoneSourceStream;
HoneSourceStream *hone_source_open        (const HoneSource  *self,
                                           GError           **error);
gssize            hone_source_stream_read (HoneSourceStream  *self,   /* 0: end; -1: error */
                                           void              *buffer,
                                           gsize              size,
                                           GError           **error);
void              hone_source_stream_free (HoneSourceStream  *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HoneSourceStream, hone_source_stream_free)

G_END_DECLS
