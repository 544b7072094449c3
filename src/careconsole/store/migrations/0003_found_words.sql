-- Which words there are in the index of messages, and in how many of them each; it keeps nothing of its own.
CREATE VIRTUAL TABLE IF NOT EXISTS message_vocabulary USING fts5vocab(message_words, row);

-- The words of what agents wrote. A note's row has the number of a message's, with the note's id in the lower half;
-- that of a customer's card the customer's id alone.
CREATE VIRTUAL TABLE IF NOT EXISTS noted_words USING fts5(words, columnsize = 0, tokenize = 'ascii');

-- What was written down before there was an index of it.
DELETE FROM noted_words;
INSERT INTO noted_words (rowid, words)
SELECT n.conversation_id << 32 | n.id, words_of(c.handle, '', n.text)
FROM note n JOIN conversation c ON c.id = n.conversation_id;
INSERT INTO noted_words (rowid, words)
SELECT id, words_of(
    coalesce((SELECT group_concat(handle, ' ') FROM identity WHERE customer_id = customer.id), ''), orders, about
) FROM customer WHERE orders <> '' OR about <> '';
