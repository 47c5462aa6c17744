/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a checker is built in that keeps freed memory: what is measured then says nothing about the program. */
#pragma once

#ifndef __has_feature
# define __has_feature(name) 0
#endif
#if defined (__SANITIZE_ADDRESS__) || defined (__SANITIZE_THREAD__) || __has_feature (address_sanitizer) || __has_feature (thread_sanitizer)
# define HONE_SANITIZED TRUE
#else
# define HONE_SANITIZED FALSE
#endif
