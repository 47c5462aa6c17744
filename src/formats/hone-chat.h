/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Conversations of one question and one answer, as chat formats hold them, and what all of a file have in common.
 * For src/formats alone. */
#pragma once

#include "hone-reader-private.h"

G_BEGIN_DECLS

/* How a format spells the members and roles of a message. */
typedef struct {
  const char *role, *content;
  const char *system, *user, *assistant;
} HoneChatTags;
extern const HoneChatTags _hone_chat_openai;     /* role, content; also "developer" */
extern const HoneChatTags _hone_chat_sharegpt;   /* from, value; human, gpt */

typedef struct {
  char *system;         /* (nullable) */
  char *user;
  char *assistant;      /* (nullable) */
} HoneChat;

void         _hone_chat_clear      (HoneChat            *self);
/* FALSE: no classification; *why is a translated sentence part. */
gboolean     _hone_chat_read       (HoneChat            *self,
                                    const HoneJson      *messages,
                                    const HoneChatTags  *tags,
                                    const char         **why);
/* Content of a message: a string, or a list of text parts. NULL where it is anything else. */
char        *_hone_chat_content    (const HoneJson      *content);

/* ---- what the texts of all lines have in common ---- */
typedef struct {
  GString *prefix;      /* longest common start and end */
  GString *suffix;
  gsize    shortest;
  guint64  n;
  char    *system;      /* (nullable): the one all of them have */
  gboolean systems_differ;
} HoneChatLearner;

void          _hone_learner_clear      (HoneChatLearner *self);
void          _hone_learner_add        (HoneChatLearner *self,
                                        const char      *text,
                                        const char      *system);    /* (nullable) */
/* Cuts both ends at a blank; nothing is common to less than @least texts. */
void          _hone_learner_settle     (HoneChatLearner *self,
                                        guint            least);
/* The text without the two ends. */
char         *_hone_learner_strip      (HoneChatLearner *self,
                                        const char      *text);
/* NULL where nothing was learnt. Says so in the description of the reader. */
HoneTemplate *_hone_learner_template   (HoneChatLearner *self,
                                        HoneReader      *reader,
                                        const char      *stop);      /* (nullable) */

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HoneChat, _hone_chat_clear)

G_END_DECLS
