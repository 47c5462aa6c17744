/* SPDX-License-Identifier: GPL-3.0-or-later */
/* JSON from outside, read without trust: bounded depth, valid UTF-8, typed members. */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* One object and nothing else. The message of an error has no name of a file or line: the caller knows it. */
JsonObject *hone_engine_json_parse       (JsonParser  *parser,
                                          const char  *text,
                                          gsize        length,
                                          GError     **error);   /* (transfer none): lives with the parser's next load */

/* A member that is absent or null leaves @value alone and is TRUE; one of the wrong type is an error. */
gboolean    hone_engine_json_get_string  (JsonObject  *object,
                                          const char  *member,
                                          const char **value,
                                          GError     **error);
gboolean    hone_engine_json_get_integer (JsonObject  *object,
                                          const char  *member,
                                          gint64      *value,
                                          GError     **error);
gboolean    hone_engine_json_get_number  (JsonObject  *object,
                                          const char  *member,
                                          double      *value,
                                          GError     **error);
gboolean    hone_engine_json_get_array   (JsonObject  *object,
                                          const char  *member,
                                          JsonArray  **value,
                                          GError     **error);
gboolean    hone_engine_json_get_object  (JsonObject  *object,
                                          const char  *member,
                                          JsonObject **value,
                                          GError     **error);

/* Appends a JSON string with its quotes, or a number with a point in every locale ("null" where it is not finite). */
void        hone_engine_json_put_string  (GString     *out,
                                          const char  *string);
void        hone_engine_json_put_number  (GString     *out,
                                          double       number);

G_END_DECLS
