/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The project that a newcomer tries Hone with. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Where the sample project of this user is, made or not. (transfer full) */
char     *hone_sample_dup_path     (void);
/* @folder: holds ontology.json and headlines.csv. Nothing is done where the file is there already. */
void      hone_sample_make_async   (const char           *folder,
                                    const char           *path,
                                    GCancellable         *cancellable,
                                    GAsyncReadyCallback   callback,
                                    gpointer              user_data);
gboolean  hone_sample_make_finish  (GAsyncResult         *result,
                                    GError              **error);

G_END_DECLS
