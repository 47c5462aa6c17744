/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The process of a trainer: session, locks, signals. For src/jobs alone. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* In a session of its own, at low priority, output appended to the protocol's files, holding the lock of @directory. */
GSubprocess *_hone_process_start    (const char          *directory,
                                     const char          *token,
                                     const char * const  *argv,
                                     GError             **error);
/* Does anybody hold one of the locks of this directory? */
gboolean     _hone_process_is_alive (const char          *directory);
/* A signal to the session of @child (nullable), and to whatever else carries the token. */
void         _hone_process_signal   (GSubprocess         *child,
                                     const char          *token,
                                     int                  signal_number);

G_END_DECLS
