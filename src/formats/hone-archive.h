/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Members of a zip archive, read one after the other without unpacking it, with limits against bombs. */
#pragma once

#include "hone-source.h"

G_BEGIN_DECLS

gboolean     hone_archive_is_zip     (const char   *start,     /* first bytes of a file */
                                      gsize         length);
/* Appends the members that are files to @sources; the archive lives as long as one of them. */
gboolean     hone_archive_list       (const char   *path,
                                      GPtrArray    *sources,
                                      GError      **error);
HoneArchive *hone_archive_ref        (HoneArchive  *self);
void         hone_archive_unref      (HoneArchive  *self);

typedef struct _HoneMember HoneMember;
HoneMember  *hone_archive_open       (HoneArchive  *self,
                                      guint         member,
                                      const char   *path,      /* for messages */
                                      GError      **error);
gssize       hone_member_read        (HoneMember   *self,
                                      void         *buffer,
                                      gsize         size,
                                      GError      **error);
void         hone_member_free        (HoneMember   *self);

G_END_DECLS
