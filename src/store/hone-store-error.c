/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What can go wrong with a project file. */
#include "config.h"

#include "hone-store-error.h"

G_DEFINE_QUARK (hone-store-error-quark, hone_store_error)
