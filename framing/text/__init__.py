"""What holds for any text: characters, quotation marks, amounts, word lists and word vectors."""
