/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The two halves of the template: what is written (hone-template.c) and what is read (hone-answer.c). */
#pragma once

#include "hone-template.h"

G_BEGIN_DECLS

/* Part of the template's hash: counted up whenever the same answer may be read as something else. */
#define HONE_ANSWER_PARSER_VERSION 1

G_END_DECLS
