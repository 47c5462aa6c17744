/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Trainer programs that the user has allowed to run on this computer. A project may come from anybody, and names its programs itself:
 * none of them is started before somebody here has said so. Kept in the user's configuration. Any thread. */
#pragma once

#include "hone-jobs.h"

G_BEGIN_DECLS

/* @program: absolute path. */
gboolean hone_trust_has    (const char  *program);
/* FALSE with IO. */
gboolean hone_trust_add    (const char  *program,
                            GError     **error);
/* FALSE with UNTRUSTED. */
gboolean hone_trust_check  (const char  *program,    /* (nullable): the engine, which is ours */
                            GError     **error);

G_END_DECLS
